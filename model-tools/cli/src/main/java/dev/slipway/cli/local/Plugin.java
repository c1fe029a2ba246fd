package dev.slipway.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The plug-in's own endpoints under {@code /_slipway/}: state, mirror, restore. */
public final class Plugin implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI endpoint;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  public Plugin(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** {@return the state of the local AWS, empty when nothing answers} */
  public Optional<JsonNode> status() {
    try {
      HttpResponse<String> reply = send(HttpRequest.newBuilder(at("status")).GET());
      return reply.statusCode() == 200
          ? Optional.of(JSON.readTree(reply.body()))
          : Optional.empty();
    } catch (IOException _) {
      // Nothing listens: that is the answer.
      return Optional.empty();
    }
  }

  /** {@return what is kept on disk for each bucket} */
  public JsonNode mirror() {
    return call(HttpRequest.newBuilder(at("mirror")).GET());
  }

  /** Puts the kept objects of {@code bucket} back, without starting anything. */
  public JsonNode restore(String bucket) {
    return post("restore", bucket);
  }

  /** {@return the entries of all ended epochs: {@code epochs} and {@code entries}} */
  public JsonNode archived(String bucket) {
    return call(HttpRequest.newBuilder(at("archive?bucket=" + bucket)).GET());
  }

  /** {@return the bytes of an entry of an ended epoch} */
  public byte[] archivedEntry(String bucket, long epoch, String key) {
    URI address = at("archive?bucket=" + bucket + "&epoch=" + epoch + "&key=" + key);
    return raw(HttpRequest.newBuilder(address).GET()).getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode post(String verb, String bucket) {
    ObjectNode body = JSON.createObjectNode().put("bucket", bucket);
    return call(
        HttpRequest.newBuilder(at(verb))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private URI at(String verb) {
    return endpoint.resolve("/_slipway/" + verb);
  }

  private JsonNode call(HttpRequest.Builder request) {
    try {
      return JSON.readTree(raw(request));
    } catch (JsonProcessingException malformed) {
      throw new Refusal("LOCAL_AWS_REFUSED", "the local AWS answered no JSON", malformed);
    }
  }

  private String raw(HttpRequest.Builder request) {
    try {
      HttpResponse<String> reply = send(request);
      if (reply.statusCode() != 200) {
        throw new Refusal(
            "LOCAL_AWS_REFUSED",
            "%s answered %d: %s".formatted(reply.uri(), reply.statusCode(), reply.body()));
      }
      return reply.body();
    } catch (IOException unreachable) {
      throw new Refusal(
          "LOCAL_AWS_UNREACHABLE",
          "no answer from the local AWS at %s. Start it: ./slipway up".formatted(endpoint),
          unreachable);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
