package dev.slipway.infra.model;

import dev.slipway.infra.InfraSettings;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.logs.ILogGroup;

/**
 * The one stage of a model's API: its limits and its logs, which hold no bodies and no addresses.
 */
final class GatewayStage {
  static final String NAME = "prod";

  private static final String ACCESS_LINE =
      """
      {"requestId":"$context.requestId","time":"$context.requestTime","method":"$context.httpMethod",\
      "path":"$context.path","status":"$context.status","gatewayError":"$context.error.responseType",\
      "latencyMillis":"$context.responseLatency","integrationMillis":"$context.integrationLatency",\
      "responseBytes":"$context.responseLength","apiKey":"$context.identity.apiKeyId"}\
      """;

  private GatewayStage() {}

  static StageOptions options(ILogGroup accessLogs, InfraSettings.Traffic traffic) {
    return StageOptions.builder()
        .stageName(NAME)
        .throttlingRateLimit(traffic.requestsPerSecond())
        .throttlingBurstLimit(traffic.burst())
        .accessLogDestination(new LogGroupLogDestination(accessLogs))
        .accessLogFormat(AccessLogFormat.custom(ACCESS_LINE))
        .loggingLevel(MethodLoggingLevel.ERROR)
        .dataTraceEnabled(false)
        .build();
  }
}
