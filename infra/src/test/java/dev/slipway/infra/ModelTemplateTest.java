package dev.slipway.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What the template of a model's stack holds, and what it must not hold. */
class ModelTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Template template;

  @BeforeAll
  static void synthesise() {
    template =
        Template.fromStack(
            TestStacks.define(
                    new App(),
                    folder,
                    Map.of(
                        "jobImage",
                        "slipway/job:local",
                        "release",
                        "{\"steps\":[50],\"bakeSeconds\":10}"),
                    TestStacks.shortestYaml())
                .models()
                .getFirst());
  }

  @Test
  void noVersionAndNoAlias_isInTheTemplate() {
    template.resourceCountIs("AWS::Lambda::Version", 0);
    template.resourceCountIs("AWS::Lambda::Alias", 0);
  }

  @Test
  void function_holdsTheFallbackAndNothingOfTheModel() {
    template.resourceCountIs("AWS::Lambda::Function", 1);
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Match.objectLike(
            Map.of(
                "FunctionName",
                "slipway-breast-cancer",
                "Runtime",
                "java25",
                "Handler",
                "dev.slipway.fallback.FallbackHandler",
                "Layers",
                Match.absent())));
  }

  @Test
  void gateway_callsTheLiveAlias() {
    template.allResourcesProperties(
        "AWS::ApiGateway::Method",
        Map.of(
            "ApiKeyRequired", true, "Integration", Match.objectLike(Map.of("Type", "AWS_PROXY"))));
    assertTrue(
        template
            .findResources("AWS::ApiGateway::Method")
            .toString()
            .contains("function:slipway-breast-cancer:live"));
  }

  @Test
  void jobs_startAgainAfterAReclaimAndAKillOnly() {
    template.resourceCountIs("AWS::Batch::JobDefinition", 3);
    template.allResourcesProperties(
        "AWS::Batch::JobDefinition",
        Map.of(
            "RetryStrategy",
            Map.of(
                "Attempts",
                3,
                "EvaluateOnExit",
                List.of(
                    Map.of("Action", "RETRY", "OnStatusReason", "Host EC2*"),
                    Map.of("Action", "EXIT", "OnReason", "OutOfMemoryError*"),
                    Map.of("Action", "RETRY", "OnExitCode", "137"),
                    Map.of("Action", "EXIT", "OnReason", "*"))),
            "Timeout",
            Match.anyValue()));
  }

  @Test
  void jobs_sendNoTelemetry() {
    template.allResourcesProperties(
        "AWS::Batch::JobDefinition",
        Map.of(
            "ContainerProperties",
            Match.objectLike(
                Map.of(
                    "Environment",
                    List.of(Map.of("Name", "ORT_DISABLE_TELEMETRY", "Value", "1"))))));
  }

  @Test
  void wish_saysWhatToServe() throws IOException {
    JsonNode wish = parameter("/slipway/breast-cancer/serving");
    assertEquals("dev.slipway.inference.InferenceHandler", wish.path("handler").asText());
    assertEquals(64, wish.path("code").path("sha256").asText().length());
    assertEquals("breast-cancer", wish.path("environment").path("SLIPWAY_MODEL").asText());
    assertEquals("[50]", wish.path("release").path("steps").toString());
    assertEquals(10, wish.path("release").path("bakeSeconds").asInt());
    assertEquals(86_400, wish.path("release").path("regretSeconds").asInt());
  }

  @Test
  void specification_travelsToIntake() throws IOException {
    JsonNode spec = parameter("/slipway/breast-cancer/spec");
    assertEquals("diagnosis", spec.path("data").path("target").asText());
  }

  @Test
  void everyBackstopAlarm_leavesMissingDataMissing() {
    template.allResourcesProperties(
        "AWS::CloudWatch::Alarm", Map.of("TreatMissingData", "missing"));
  }

  @Test
  void logs_endSomeDay() {
    template.allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 90));
  }

  @Test
  void noRole_mayDoEverything() {
    assertFalse(
        template.findResources("AWS::IAM::Policy").toString().contains("Action=*"),
        "a policy allows every action");
  }

  @Test
  void servingRole_writesItsLogsAndIsDeniedWhatMovesReleases() {
    template.hasResourceProperties(
        "AWS::IAM::Policy",
        Map.of(
            "PolicyDocument",
            Match.objectLike(
                Map.of(
                    "Statement",
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "Effect",
                                "Allow",
                                "Action",
                                List.of("logs:CreateLogStream", "logs:PutLogEvents"))),
                        Match.objectLike(
                            Map.of(
                                "Effect",
                                "Deny",
                                "Action",
                                Match.arrayWith(
                                    List.of("lambda:PublishVersion", "lambda:UpdateAlias")))))))));
  }

  /** A parameter's value with each reference to another resource replaced by an empty text. */
  private static JsonNode parameter(String name) throws IOException {
    Map<String, Map<String, Object>> found =
        template.findResources("AWS::SSM::Parameter", Map.of("Properties", Map.of("Name", name)));
    JsonNode value =
        JSON.valueToTree(found.values().iterator().next()).path("Properties").path("Value");
    if (value.isTextual()) {
      return JSON.readTree(value.asText());
    }
    StringBuilder text = new StringBuilder();
    value
        .path("Fn::Join")
        .path(1)
        .forEach(part -> text.append(part.isTextual() ? part.asText() : ""));
    return JSON.readTree(text.toString());
  }
}
