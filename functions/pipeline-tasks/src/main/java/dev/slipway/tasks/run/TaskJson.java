package dev.slipway.tasks.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes the JSON of events and run files. Thread-safe. */
public final class TaskJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TaskJson() {}

  /** {@return an empty object} */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * {@return the object that the bytes hold}
   *
   * @param what is read, for the message
   * @throws IllegalArgumentException when it is not a JSON object
   */
  public static ObjectNode read(byte[] utf8, String what) {
    try {
      JsonNode node = MAPPER.readTree(utf8);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(
          "JSON_INVALID: " + what + " is not JSON: " + wrong.getOriginalMessage(), wrong);
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes in memory can be read", impossible);
    }
    throw new IllegalArgumentException("JSON_INVALID: " + what + " is not a JSON object");
  }

  /** {@return the object that a text holds} */
  public static ObjectNode read(String text, String what) {
    return read(text.getBytes(StandardCharsets.UTF_8), what);
  }

  /** {@return the text as UTF-8, ended by a line feed} */
  public static byte[] write(ObjectNode node) {
    return (node + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
