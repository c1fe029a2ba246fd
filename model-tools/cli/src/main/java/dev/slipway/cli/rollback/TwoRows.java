package dev.slipway.cli.rollback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.GoldenRequests;
import java.util.Map;

/** The first golden request, its row twice: golden requests have one row, or four. */
final class TwoRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TwoRows() {}

  static String of(AwsClients clients, Map<String, Map<String, String>> outputs, String model) {
    try {
      JsonNode request = JSON.readTree(GoldenRequests.first(clients, outputs, model).body());
      for (JsonNode input : request.path("inputs")) {
        twice((ObjectNode) input);
      }
      return request.toString();
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("a golden request is no JSON", malformed);
    }
  }

  private static void twice(ObjectNode input) {
    ArrayNode shape = input.withArray("shape");
    shape.set(0, JSON.getNodeFactory().numberNode(2 * shape.path(0).asLong()));
    ArrayNode data = input.withArray("data");
    data.addAll(data.deepCopy());
  }
}
