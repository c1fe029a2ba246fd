package dev.slipway.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bundle.BundleException;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.GoldenCase;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.bundle.GoldenComparison;
import dev.slipway.bundle.InferReply;
import dev.slipway.bundle.json.JsonSyntaxException;
import dev.slipway.bundle.json.JsonText;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.port.World;
import dev.slipway.control.wish.Wish;
import dev.slipway.release.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Sends recorded requests to one version, past the alias, and compares the answers. */
final class Replay {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  /** A broken model breaks every case; a few tell the story. */
  private static final int PROBLEMS_SHOWN = 5;

  private static final int BODY_SHOWN = 300;

  private final World world;

  Replay(World world) {
    this.world = world;
  }

  /**
   * What the golden requests gave.
   *
   * @param cases how many were sent
   * @param problems every difference, at most a few
   */
  record Result(int cases, List<Reason> problems) {
    /** Copies the problems. */
    Result {
      problems = List.copyOf(problems);
    }
  }

  /** {@return the golden requests of a bundle against a version that ought to serve it} */
  Result golden(Wish wish, String digest, int version) {
    Optional<byte[]> file = world.bundles().read(wish.model(), digest, BundleFile.GOLDEN);
    if (file.isEmpty()) {
      return new Result(
          0, List.of(new Reason("GOLDEN_MISSING", "bundle " + digest + " has no golden.json")));
    }
    List<GoldenCase> cases;
    try {
      cases = GoldenCases.read(file.get()).cases();
    } catch (BundleException invalid) {
      return new Result(
          0, List.of(new Reason("GOLDEN_INVALID", String.valueOf(invalid.getMessage()))));
    }
    if (cases.isEmpty()) {
      return new Result(
          0, List.of(new Reason("GOLDEN_EMPTY", "bundle " + digest + " has no golden case")));
    }
    List<Reason> problems = new ArrayList<>();
    int sent = 0;
    for (GoldenCase golden : cases) {
      if (problems.size() < PROBLEMS_SHOWN) {
        problems.addAll(send(wish, version, golden));
        sent++;
      }
    }
    return new Result(sent, problems.subList(0, Math.min(problems.size(), PROBLEMS_SHOWN)));
  }

  private List<Reason> send(Wish wish, int version, GoldenCase golden) {
    String body = new String(JsonText.write(golden.request()), StandardCharsets.UTF_8);
    InvokeReply reply =
        world.lambda().invoke(wish.function(), version, GatewayEvents.infer(wish.model(), body));
    if (!reply.answered()) {
      return List.of(
          new Reason(
              "GOLDEN_CRASHED",
              golden.name() + ": " + reply.functionError() + ": " + shown(reply.payload())));
    }
    try {
      return compare(golden, JSON.readTree(reply.payload()));
    } catch (JsonProcessingException | JsonSyntaxException | IllegalArgumentException unreadable) {
      return List.of(
          new Reason(
              "GOLDEN_UNREADABLE",
              golden.name() + ": the answer is no infer reply: " + shown(reply.payload())));
    }
  }

  private static List<Reason> compare(GoldenCase golden, JsonNode answer) {
    String text = text(answer);
    if (answer.path("statusCode").asInt() != OK) {
      return List.of(
          new Reason(
              "GOLDEN_REFUSED",
              golden.name()
                  + ": status "
                  + answer.path("statusCode")
                  + ", expected 200: "
                  + shown(text)));
    }
    return GoldenComparison.differences(golden, InferReply.read(text).outputs()).stream()
        .map(difference -> new Reason("GOLDEN_MISMATCH", difference))
        .toList();
  }

  /** {@return the body of a gateway reply as text} */
  static String text(JsonNode answer) {
    String body = answer.path("body").asText("");
    return answer.path("isBase64Encoded").asBoolean()
        ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
        : body;
  }

  private static String shown(String text) {
    return text.length() <= BODY_SHOWN ? text : text.substring(0, BODY_SHOWN) + "…";
  }
}
