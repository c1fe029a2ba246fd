package dev.slipway.infra.model;

import java.util.Map;
import software.amazon.awscdk.services.apigateway.GatewayResponseOptions;
import software.amazon.awscdk.services.apigateway.ResponseType;
import software.amazon.awscdk.services.apigateway.RestApi;

/**
 * What the gateway answers by itself, in the form of the handler: {@code {"error": "CODE: …"}}, and
 * with Retry-After where trying again helps.
 */
final class GatewayAnswers {
  private static final String SECONDS = "5";

  private GatewayAnswers() {}

  static void addTo(RestApi api) {
    answer(
        api,
        ResponseType.DEFAULT_4_XX,
        "",
        "GATEWAY_REFUSED: the gateway refused the request ($context.error.responseType). See"
            + " README, HTTP API.");
    later(
        api,
        ResponseType.DEFAULT_5_XX,
        "",
        "GATEWAY_UNAVAILABLE: the model could not answer ($context.error.responseType). Try again"
            + " in a few seconds.");
    later(
        api,
        ResponseType.INTEGRATION_FAILURE,
        "503",
        "MODEL_UNAVAILABLE: the model's function could not be called. Try again in a few seconds.");
    later(
        api,
        ResponseType.API_CONFIGURATION_ERROR,
        "503",
        "MODEL_NOT_READY: no version serves this model yet. Try again in a few seconds.");
    later(
        api,
        ResponseType.INTEGRATION_TIMEOUT,
        "504",
        "MODEL_TIMEOUT: the model did not answer within 29 seconds. Send fewer rows per request.");
    later(
        api,
        ResponseType.THROTTLED,
        "429",
        "TOO_MANY_REQUESTS: more requests per second than allowed. Try again in a few seconds.");
    answer(
        api,
        ResponseType.QUOTA_EXCEEDED,
        "429",
        "QUOTA_EXCEEDED: this API key has used up its requests of the day. Try again tomorrow.");
    answer(
        api,
        ResponseType.REQUEST_TOO_LARGE,
        "413",
        "REQUEST_TOO_LARGE: expected a body of at most 4.5 MB, found more than the gateway passes on."
            + " Send fewer rows per request.");
    answer(
        api,
        ResponseType.INVALID_API_KEY,
        "403",
        "API_KEY_INVALID: expected a valid API key in the header x-api-key. Ask the model's owner"
            + " for one.");
    answer(
        api,
        ResponseType.MISSING_AUTHENTICATION_TOKEN,
        "403",
        "AUTHENTICATION_MISSING: expected a request signed by AWS Signature Version 4. Sign it, or"
            + " see README, HTTP API.");
  }

  private static void answer(RestApi api, ResponseType type, String status, String text) {
    api.addGatewayResponse(
        type.getResponseType(),
        options(type, status, text)
            .responseHeaders(Map.of("Content-Type", "'application/json'"))
            .build());
  }

  private static void later(RestApi api, ResponseType type, String status, String text) {
    api.addGatewayResponse(
        type.getResponseType(),
        options(type, status, text)
            .responseHeaders(
                Map.of("Content-Type", "'application/json'", "Retry-After", "'" + SECONDS + "'"))
            .build());
  }

  private static GatewayResponseOptions.Builder options(
      ResponseType type, String status, String text) {
    GatewayResponseOptions.Builder options =
        GatewayResponseOptions.builder()
            .type(type)
            .templates(Map.of("application/json", "{\"error\":\"" + text + "\"}"));
    return status.isEmpty() ? options : options.statusCode(status);
  }
}
