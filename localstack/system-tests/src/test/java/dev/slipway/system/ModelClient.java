package dev.slipway.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A plain HTTP client of the model.
 *
 * @param url base address
 * @param headers sent with every request
 */
record ModelClient(URI url, Map<String, String> headers) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  static final String INFER = "/v2/models/" + LocalSystem.MODEL + "/infer";

  /** Two rows, the first of a malignant tumour, the second of a benign one; from the example. */
  static final String TWO_ROWS =
      """
      {"inputs":[{"name":"features","datatype":"FP32","shape":[2,30],"data":[
      17.99,10.38,122.8,1001.0,0.1184,0.2776,0.3001,0.1471,0.2419,0.07871,1.095,0.9053,8.589,153.4,
      0.006399,0.04904,0.05373,0.01587,0.03003,0.006193,25.38,17.33,184.6,2019.0,0.1622,0.6656,
      0.7119,0.2654,0.4601,0.1189,
      13.54,14.36,87.46,566.3,0.09779,0.08129,0.06664,0.04781,0.1885,0.05766,0.2699,
      0.7886,2.058,23.56,0.008462,0.0146,0.02387,0.01315,0.0198,0.0023,15.11,19.26,
      99.7,711.2,0.144,0.1773,0.239,0.1288,0.2977,0.07259]}]}
      """;

  /** A reply: status, body as text, headers. */
  record Reply(int status, String body, Map<String, String> headers) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException malformed) {
        throw new AssertionError("no JSON: " + this, malformed);
      }
    }
  }

  /** {@return the same client with one header set, or without it when {@code value} is empty} */
  ModelClient with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    if (value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new ModelClient(url, changed);
  }

  /** {@return the answer to two good rows} */
  Reply infer() {
    return send("POST", INFER, TWO_ROWS.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends any request below the base address. */
  Reply send(String method, String path, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> reply = HTTP.send(request.build(), BodyHandlers.ofString());
      Map<String, String> answered = new LinkedHashMap<>();
      reply.headers().map().forEach((name, values) -> answered.put(name, values.getFirst()));
      return new Reply(reply.statusCode(), reply.body(), answered);
    } catch (IOException failure) {
      throw new AssertionError(method + " " + path + " got no answer: " + failure, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
