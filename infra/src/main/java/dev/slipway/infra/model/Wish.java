package dev.slipway.infra.model;

import dev.slipway.functions.SettingNames;
import dev.slipway.infra.Artefact;
import dev.slipway.spec.ServingSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.ssm.CfnParameter;
import software.constructs.Construct;

/**
 * What the stack wants served: the parameter {@code /slipway/<model>/serving}. Changing it is all
 * that a deployment can do to a running model; the release controller makes a release of it.
 */
final class Wish extends Construct {
  private static final String TIER = "Intelligent-Tiering";

  Wish(Construct scope, ModelSurroundings around, Role role, GatewayApi api) {
    super(scope, "Wish");
    Stack stack = Stack.of(this);
    String model = around.model().name();
    Asset code =
        Asset.Builder.create(this, "Code")
            .path(around.artefacts().locate(Artefact.INFERENCE).toString())
            .build();
    parameter(
        "Serving",
        around.names().parameter(model, "serving"),
        "What the stack wants served; read by the release controller",
        stack.toJsonString(wish(around, role, api, code)));
    parameter(
        "Spec",
        around.names().parameter(model, "spec"),
        "model.yaml with its defaults; read by intake",
        around.model().spec().toJson());
  }

  private void parameter(String id, String name, String description, String value) {
    CfnParameter.Builder.create(this, id)
        .name(name)
        .type("String")
        .tier(TIER)
        .description(description)
        .value(value)
        .build();
  }

  private Map<String, Object> wish(
      ModelSurroundings around, Role role, GatewayApi api, Asset code) {
    ServingSpec serving = around.model().spec().serving();
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("formatVersion", 1);
    wish.put("model", around.model().name());
    wish.put("function", around.functionName());
    wish.put("roleArn", role.getRoleArn());
    wish.put("handler", Artefact.INFERENCE.handler());
    wish.put("runtime", "java25");
    wish.put("code", code(around, code));
    wish.put("packageType", serving.packaging().word());
    wish.put("memoryMb", serving.memory());
    wish.put("timeoutSeconds", Math.max(1, serving.timeout().toSeconds()));
    wish.put("architecture", serving.architecture().word());
    wish.put("environment", environment(around));
    wish.put("apiId", api.id());
    wish.put(
        "alarmTopicArn", around.names().arn("sns", around.names().of("alarms"), Stack.of(this)));
    wish.put("release", around.settings().release().over(around.model().spec().release()));
    return wish;
  }

  private static Map<String, Object> code(ModelSurroundings around, Asset code) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("bucket", code.getS3BucketName());
    place.put("key", code.getS3ObjectKey());
    place.put("sha256", around.artefacts().sha256(Artefact.INFERENCE));
    return place;
  }

  private static Map<String, Object> environment(ModelSurroundings around) {
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put(SettingNames.ORT_DISABLE_TELEMETRY, "1");
    environment.put(SettingNames.MODEL, around.model().name());
    environment.put(
        SettingNames.LATENCY_BUDGET_MILLIS,
        Long.toString(around.model().spec().serving().latencyBudget().toMillis()));
    return environment;
  }
}
