package dev.slipway.cli.aws;

import dev.slipway.cli.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Calls a model over HTTP as any client would. */
public final class InferenceClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** A reply: its status and its body as it came. */
  public record Reply(int status, byte[] body) {
    /** {@return the body as text} */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** {@return the answer to {@code POST /v2/models/<model>/infer}} */
  public Reply infer(ModelAddress address, byte[] body) {
    return send(
        address,
        new GatewayEvent("POST", "/v2/models/" + address.model() + "/infer", Map.of(), body));
  }

  /** {@return the answer to any request below the model's base address} */
  public Reply send(ModelAddress address, GatewayEvent event) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.url() + event.path()))
            .timeout(PATIENCE)
            .setHeader("Content-Type", "application/json")
            .method(
                event.method(),
                event.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(event.body()));
    event.headers().forEach(request::setHeader);
    address.headers().forEach(request::setHeader);
    try {
      HttpResponse<byte[]> reply =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(reply.statusCode(), reply.body());
    } catch (IOException unreachable) {
      throw new Refusal(
          "ENDPOINT_UNREACHABLE",
          "no answer from %s (%s). Is the local AWS running? ./slipway status"
              .formatted(address.url(), unreachable.getMessage()),
          unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("INTERRUPTED", "stopped while waiting for an answer", interrupted);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
