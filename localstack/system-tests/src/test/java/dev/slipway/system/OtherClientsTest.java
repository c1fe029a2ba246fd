package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.system.Commands.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Clients that nobody wrote for Slipway, in another language: Triton's client of the Open Inference
 * Protocol, in its JSON form, and Python's urllib.
 */
@SystemTest
@Order(2)
class OtherClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DIAGNOSES = List.of("malignant", "benign");

  @Test
  void triton_asksEverythingOfTheProtocol_andIsAnsweredRightly(LocalSystem system)
      throws JsonProcessingException {
    JsonNode all = asked(system);

    JsonNode answered = all.path("triton");
    for (String health : List.of("live", "ready", "modelReady")) {
      assertTrue(answered.path(health).asBoolean(), health + ": " + answered);
    }
    assertTrue(!answered.path("server").path("name").asText().isEmpty(), answered.toString());
    JsonNode model = answered.path("model");
    assertEquals(LocalSystem.MODEL, model.path("name").asText());
    assertEquals("features", model.path("inputs").path(0).path("name").asText(), model.toString());
    assertEquals(DIAGNOSES, texts(answered.path("batch").path("label")));
    assertEquals("triton-1", answered.path("batch").path("id").asText());
    List<String> one = new ArrayList<>();
    answered.path("single").forEach(reply -> one.addAll(texts(reply.path("label"))));
    assertEquals(DIAGNOSES, one);
    JsonNode probabilities = answered.path("batch").path("probabilities");
    assertEquals(2, probabilities.size());
    for (JsonNode row : probabilities) {
      assertEquals(1.0, row.path(0).asDouble() + row.path(1).asDouble(), 1e-4);
    }
    JsonNode plain = all.path("urllib");
    assertEquals(200, plain.path("status").asInt());
    assertEquals(DIAGNOSES, UpTest.labels(plain.path("reply")), plain.toString());
  }

  private static JsonNode asked(LocalSystem system) throws JsonProcessingException {
    Commands commands = system.commands();
    JsonNode status = system.status();
    Path root = commands.root();
    Path script = root.resolve("localstack/system-tests/src/test/python/oip_client.py");
    Ended ended =
        commands.run(
            root,
            Map.of(),
            List.of(
                root.resolve("localstack/launch").toString(),
                "client",
                script.toString(),
                status.path("url").asText(),
                LocalSystem.MODEL,
                status.path("headers").toString(),
                ModelClient.TWO_ROWS));
    assertEquals(0, ended.code(), ended::told);
    return JSON.readTree(ended.out());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
