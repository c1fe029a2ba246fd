package dev.slipway.onnx.graph.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.slipway.onnx.graph.OnnxException;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every model that ONNX Runtime runs is read, written and run again with the same result. */
class NodeTestRoundTripTest {
  /** Models that draw random numbers give other numbers each time. */
  private static final Set<String> RANDOM =
      Set.of(
          "Bernoulli",
          "Dropout",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  @Test
  void allNodeTests_readAndWritten_runTheSame() {
    assertSame(NodeTests.all(), 1_600);
  }

  @Test
  void graphsOfSeveralNodes_readAndWritten_runTheSame() {
    assertSame(NodeTests.graphs(), 100);
  }

  private static void assertSame(List<NodeTests.Case> cases, int least) {
    List<String> wrong = new ArrayList<>();
    List<String> notRun = new ArrayList<>();
    int same = 0;
    for (NodeTests.Case one : cases) {
      Optional<String> answer = judge(one);
      if (answer.isEmpty()) {
        same++;
      } else if (answer.get().startsWith("not run")) {
        notRun.add(one + ": " + answer.get());
      } else {
        wrong.add(one + ": " + answer.get());
      }
    }
    Figures.write(
        "round-trip-" + cases.size(),
        "%d models, %d run the same, %d that ONNX Runtime Java does not run, %d wrong"
            .formatted(cases.size(), same, notRun.size(), wrong.size()),
        notRun);
    assertEquals(List.of(), wrong);
    assertTrue(same >= least, "only " + same + " of " + cases.size() + " ran");
  }

  private static Optional<String> judge(NodeTests.Case one) {
    Optional<RuntimeRun.Prepared> prepared = one.prepared();
    if (prepared.isEmpty()) {
      return Optional.of("not run: an input is no tensor");
    }
    byte[] original = prepared.get().model().toByteArray();
    Map<String, TensorProto> given = prepared.get().given();
    Map<String, RuntimeRun.Value> expected;
    try {
      expected = RuntimeRun.run(original, given);
    } catch (OrtException e) {
      return Optional.of("not run: " + e.getMessage());
    }
    try {
      byte[] written = OnnxModel.parse(original).toBytes();
      Map<String, RuntimeRun.Value> found = RuntimeRun.run(written, given);
      boolean random =
          prepared.get().model().getGraph().getNodeList().stream()
              .anyMatch(node -> RANDOM.contains(node.getOpType()));
      return random || expected.equals(found)
          ? Optional.empty()
          : Optional.of("expected %s, found %s".formatted(expected, found));
    } catch (OrtException | OnnxException e) {
      return Optional.of("fails after the round trip: " + e.getMessage());
    }
  }
}
