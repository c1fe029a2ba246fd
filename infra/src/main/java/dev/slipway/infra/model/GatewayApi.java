package dev.slipway.infra.model;

import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.policy.Suppressions;
import dev.slipway.spec.Auth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.ApiKey;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.Integration;
import software.amazon.awscdk.services.apigateway.IntegrationType;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.Period;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigateway.UsagePlan;
import software.amazon.awscdk.services.apigateway.UsagePlanPerApiStage;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The model's HTTP API: every path and verb goes to the alias {@code live}, where the handler
 * routes and validates. The alias and the gateway's permission to call it are made by the release
 * controller; until then the gateway answers 503 by itself.
 */
final class GatewayApi extends Construct {
  private final RestApi api;
  private final Optional<ApiKey> key;

  GatewayApi(Construct scope, ModelSurroundings around) {
    super(scope, "Api");
    String name = around.functionName();
    Auth auth = around.model().spec().serving().auth();
    api =
        RestApi.Builder.create(this, "Rest")
            .restApiName(name)
            .description("Open Inference Protocol v2 of model " + around.model().name())
            .endpointTypes(List.of(EndpointType.REGIONAL))
            // Standard clients send binary tensors without a Content-Type.
            .binaryMediaTypes(List.of("*/*"))
            .cloudWatchRole(false)
            .deployOptions(GatewayStage.options(accessLogs(around), around.settings().traffic()))
            .build();
    api.getNode().tryRemoveChild("Endpoint");
    methods(api.getRoot(), around, auth);
    methods(api.getRoot().addResource("{proxy+}"), around, auth);
    GatewayAnswers.addTo(api);
    executionLogs(around);
    key =
        auth == Auth.API_KEY ? Optional.of(keyWithPlan(name, around.settings())) : Optional.empty();
    acknowledge();
  }

  /** {@return the API's identifier} */
  String id() {
    return api.getRestApiId();
  }

  /** {@return the API's name, the dimension of its metrics} */
  String name() {
    return api.getRestApiName();
  }

  /** {@return the base address on AWS} */
  String url() {
    String url = api.getUrl();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** {@return the identifier of the API key, where clients need one} */
  Optional<String> keyId() {
    return key.map(ApiKey::getKeyId);
  }

  private void methods(IResource resource, ModelSurroundings around, Auth auth) {
    resource.addMethod(
        "ANY",
        Integration.Builder.create()
            .type(IntegrationType.AWS_PROXY)
            .integrationHttpMethod("POST")
            .uri(liveUri(around))
            .build(),
        MethodOptions.builder()
            .apiKeyRequired(auth == Auth.API_KEY)
            .authorizationType(auth == Auth.IAM ? AuthorizationType.IAM : AuthorizationType.NONE)
            .build());
  }

  private String liveUri(ModelSurroundings around) {
    Stack stack = Stack.of(this);
    return "arn:%s:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
        .formatted(
            stack.getPartition(),
            stack.getRegion(),
            around.names().arn("lambda", "function:" + around.functionName() + ":live", stack));
  }

  private ApiKey keyWithPlan(String name, InfraSettings settings) {
    ApiKey made = ApiKey.Builder.create(this, "Key").apiKeyName(name).build();
    UsagePlan plan =
        UsagePlan.Builder.create(this, "Plan")
            .name(name)
            .throttle(
                ThrottleSettings.builder()
                    .rateLimit(settings.traffic().requestsPerSecond())
                    .burstLimit(settings.traffic().burst())
                    .build())
            .quota(
                QuotaSettings.builder()
                    .limit(settings.traffic().requestsPerDay())
                    .period(Period.DAY)
                    .build())
            .apiStages(
                List.of(
                    UsagePlanPerApiStage.builder()
                        .api(api)
                        .stage(api.getDeploymentStage())
                        .build()))
            .build();
    plan.addApiKey(made);
    return made;
  }

  private LogGroup accessLogs(ModelSurroundings around) {
    return LogGroup.Builder.create(this, "AccessLogs")
        .logGroupName("/aws/apigateway/" + around.functionName())
        .retention(around.settings().logRetention())
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  /** The gateway would make this group itself, and keep its lines for ever. */
  private void executionLogs(ModelSurroundings around) {
    LogGroup group =
        LogGroup.Builder.create(this, "ExecutionLogs")
            .logGroupName(
                "API-Gateway-Execution-Logs_" + api.getRestApiId() + "/" + GatewayStage.NAME)
            .retention(around.settings().logRetention())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    api.getDeploymentStage().getNode().addDependency(group);
  }

  private void acknowledge() {
    Suppressions.on(
        api,
        "AwsSolutions-APIG2",
        "The handler validates: the gateway's validator cannot say what was expected, and would"
            + " judge binary tensors as JSON.");
    Suppressions.on(
        api.getDeploymentStage(),
        "AwsSolutions-APIG3",
        "A web ACL costs money at rest and is the account's decision; rate, burst and quota are"
            + " limited here.");
    for (IResource resource : methods()) {
      for (String rule : List.of("AwsSolutions-APIG4", "AwsSolutions-COG4")) {
        Suppressions.below(
            resource,
            rule,
            "model.yaml chooses who may call (serving.auth): IAM, or an API key, which is a quota"
                + " and no identity.");
      }
    }
  }

  private List<IResource> methods() {
    return Stream.concat(
            Stream.of(api.getRoot()),
            Optional.ofNullable(api.getRoot().getResource("{proxy+}")).stream())
        .toList();
  }
}
