package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.system.Commands.Ended;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The whole system on this machine, as {@code ./slipway up} left it: one model, breast-cancer. What
 * it tells is read anew each time, by the commands that a person has. Safe for several threads.
 */
final class LocalSystem implements AutoCloseable {
  static final String MODEL = "breast-cancer";
  private static final String SPLIT_KEY = "04".repeat(32);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Commands commands;
  private final Ended firstUp;
  private final Aws aws;

  private LocalSystem(Commands commands, Ended firstUp) {
    this.commands = commands;
    this.firstUp = firstUp;
    this.aws = new Aws(URI.create("http://127.0.0.1:" + commands.port()));
  }

  /**
   * Runs {@code up}; whether it went well is for a test to say. From then on rows are shared out by
   * the same key in every run of the tests: with the fresh one that {@code up} made, one retrained
   * model in a hundred loses against the live one by chance and is, rightly, refused. A person's
   * own system keeps its key.
   */
  static LocalSystem broughtUp(Commands commands) {
    LocalSystem system = new LocalSystem(commands, commands.slipway("up"));
    if (system.firstUp.code() == 0 && !commands.borrowed()) {
      system.aws.put(Aws.REGISTRY, "keys/" + MODEL + ".key", SPLIT_KEY);
    }
    return system;
  }

  Commands commands() {
    return commands;
  }

  /** {@return how the {@code up} ended that all tests stand on} */
  Ended firstUp() {
    return firstUp;
  }

  /** {@return clients of the local AWS} */
  Aws aws() {
    return aws;
  }

  /** {@return what {@code status --json} says of the model} */
  JsonNode status() {
    return status(MODEL);
  }

  /** {@return what {@code status --json} says of any model} */
  JsonNode status(String name) {
    JsonNode status = json("status", "--json");
    for (JsonNode model : status.path("models")) {
      if (model.path("name").asText().equals(name)) {
        return model;
      }
    }
    throw new AssertionError("status knows no " + name + ": " + status);
  }

  /** {@return the live version's name, its number and the digest of its bundle} */
  String liveVersion() {
    String version = status().path("version").asText();
    assertEquals(true, version.matches("[0-9]+-[0-9a-f]{12}"), "version is " + version);
    return version;
  }

  /** {@return the ledger's entries, oldest first, from number {@code after} on} */
  List<JsonNode> entriesAfter(long after) {
    List<JsonNode> entries = new ArrayList<>();
    for (JsonNode entry : releases().path("entries")) {
      if (entry.path("seq").asLong() > after) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** {@return what {@code releases --json} says} */
  JsonNode releases() {
    return releases(MODEL);
  }

  /** {@return what {@code releases --json} says of any model} */
  JsonNode releases(String name) {
    return json("releases", name, "--json", "--entries", "1000");
  }

  /** {@return a client of the model's HTTP address, with its API key} */
  ModelClient client() {
    return client(MODEL);
  }

  /** {@return a client of any model's HTTP address, with its API key} */
  ModelClient client(String name) {
    JsonNode status = status(name);
    Map<String, String> headers = new LinkedHashMap<>();
    status
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new ModelClient(URI.create(status.path("url").asText()), headers);
  }

  /**
   * {@return what {@code look} finds, looking again and again; when it finds nothing, the failure
   * tells what the system says of itself}
   */
  <T> T found(String what, Duration patience, Supplier<Optional<T>> look) {
    try {
      return Await.found(what, patience, look);
    } catch (AssertionError missed) {
      throw new AssertionError(missed.getMessage() + "\n" + story(), missed);
    }
  }

  private String story() {
    StringBuilder story = new StringBuilder(commands.slipway("status").told());
    for (JsonNode model : json("status", "--json").path("models")) {
      story.append(
          commands.slipway("releases", model.path("name").asText(), "--entries", "15").told());
    }
    return story.toString();
  }

  /** Changes how the local Batch behaves, see localstack/README.md. */
  void batchSettings(String json) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/_slipway/batch/settings".formatted(commands.port())))
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, reply.statusCode(), reply.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** Runs a command that must go well, and reads the JSON that it prints. */
  JsonNode json(String... arguments) {
    Ended ended = commands.slipway(arguments);
    assertEquals(0, ended.code(), ended::told);
    try {
      return JSON.readTree(ended.out());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("no JSON: " + ended.told(), malformed);
    }
  }

  @Override
  public void close() {
    aws.close();
    if (commands.borrowed()) {
      return;
    }
    Ended ended = commands.slipway("down");
    assertEquals(0, ended.code(), ended::told);
  }
}
