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
import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.TensorValues;
import dev.slipway.bundle.json.JsonSyntaxException;
import dev.slipway.bundle.json.JsonText;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.port.World;
import dev.slipway.control.wish.Wish;
import dev.slipway.release.Reason;
import dev.slipway.release.judge.PairedReplay;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sends the requests that the live bundle was packed with to both versions, before any traffic
 * moves. A valid answer has every output, with finite numbers; models may differ in what they
 * answer, not in whether they do. Requests that one of them refuses (4xx) tell of another input and
 * count for neither.
 */
final class SideBySide {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** One answer: refused, broken (no outputs), or valid. */
  private record Got(boolean refused, List<NamedTensor> outputs) {
    boolean isValid() {
      return !outputs.isEmpty();
    }
  }

  private final World world;
  private long refused;
  private long disagreements;
  private long onlyBaseline;
  private long onlyCandidate;

  private SideBySide(World world) {
    this.world = world;
  }

  /**
   * What both versions answered.
   *
   * @param numbers for the ledger; empty when there was nothing to compare with
   * @param problem why the candidate is worse, if it is
   */
  record Result(SortedMap<String, String> numbers, Optional<Reason> problem) {
    /** Copies the numbers. */
    Result {
      numbers = new TreeMap<>(numbers);
    }
  }

  /** {@return how a candidate compares with the version that serves} */
  static Result compare(World world, Wish wish, String liveBundle, int baseline, int candidate) {
    List<GoldenCase> cases = cases(world, wish, liveBundle);
    SideBySide both = new SideBySide(world);
    cases.forEach(golden -> both.send(wish, golden, baseline, candidate));
    return both.result(cases.size());
  }

  /** A live bundle that cannot be read any more is no reason against the candidate. */
  private static List<GoldenCase> cases(World world, Wish wish, String bundle) {
    try {
      return world
          .bundles()
          .read(wish.model(), bundle, BundleFile.GOLDEN)
          .map(file -> GoldenCases.read(file).cases())
          .orElse(List.of());
    } catch (BundleException unreadable) {
      world.log().accept("REPLAY_SKIPPED: " + wish.model() + ": " + unreadable.getMessage());
      return List.of();
    }
  }

  private void send(Wish wish, GoldenCase golden, int baseline, int candidate) {
    Got before = ask(wish, golden, baseline);
    Got after = ask(wish, golden, candidate);
    if (before.refused() || after.refused()) {
      refused++;
      return;
    }
    onlyBaseline += before.isValid() && !after.isValid() ? 1 : 0;
    onlyCandidate += after.isValid() && !before.isValid() ? 1 : 0;
    if (before.isValid() && after.isValid()) {
      GoldenCase expected =
          new GoldenCase(golden.name(), golden.request(), before.outputs(), golden.tolerance());
      disagreements += GoldenComparison.differences(expected, after.outputs()).isEmpty() ? 0 : 1;
    }
  }

  private Result result(int pairs) {
    if (pairs == 0) {
      return new Result(new TreeMap<>(), Optional.empty());
    }
    PairedReplay replay = new PairedReplay(onlyBaseline, onlyCandidate);
    Map<String, String> numbers =
        Map.of(
            "replayPairs", Integer.toString(pairs),
            "replayRefused", Long.toString(refused),
            "replayDisagreements", Long.toString(disagreements),
            "replayOnlyBaselineValid", Long.toString(onlyBaseline),
            "replayOnlyCandidateValid", Long.toString(onlyCandidate));
    return new Result(
        new TreeMap<>(numbers),
        replay.isWorse()
            ? Optional.of(
                new Reason(
                    "REPLAY_WORSE",
                    "of %d requests side by side %d were answered validly by the live version only,"
                            .formatted(pairs, onlyBaseline)
                        + " %d by the candidate only".formatted(onlyCandidate)))
            : Optional.empty());
  }

  private Got ask(Wish wish, GoldenCase golden, int version) {
    String body = new String(JsonText.write(golden.request()), StandardCharsets.UTF_8);
    InvokeReply reply =
        world.lambda().invoke(wish.function(), version, GatewayEvents.infer(wish.model(), body));
    Got broken = new Got(false, List.of());
    if (!reply.answered()) {
      return broken;
    }
    try {
      JsonNode answer = JSON.readTree(reply.payload());
      int status = answer.path("statusCode").asInt();
      if (status >= CLIENT_ERROR && status < SERVER_ERROR) {
        return new Got(true, List.of());
      }
      List<NamedTensor> outputs =
          status == OK ? InferReply.read(Replay.text(answer)).outputs() : List.of();
      return isComplete(golden, outputs) ? new Got(false, outputs) : broken;
    } catch (JsonProcessingException | JsonSyntaxException | IllegalArgumentException unreadable) {
      world.log().accept("REPLAY_UNREADABLE: version " + version + ": " + unreadable.getMessage());
      return broken;
    }
  }

  private static boolean isComplete(GoldenCase golden, List<NamedTensor> outputs) {
    return outputs.stream().allMatch(output -> isFinite(output.values()))
        && golden.outputs().stream()
            .allMatch(
                wanted -> outputs.stream().anyMatch(found -> found.name().equals(wanted.name())));
  }

  private static boolean isFinite(TensorValues values) {
    return switch (values) {
      case TensorValues.Texts _ -> true;
      case TensorValues.Numbers numbers -> {
        boolean finite = true;
        for (int i = 0; i < numbers.size(); i++) {
          finite &= Double.isFinite(numbers.get(i));
        }
        yield finite;
      }
    };
  }
}
