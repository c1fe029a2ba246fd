package dev.slipway.onnx.graph.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.slipway.onnx.graph.conformance.Figures;
import dev.slipway.onnx.graph.conformance.NodeTests;
import dev.slipway.onnx.graph.conformance.RuntimeRun;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Models of others that ONNX Runtime runs are admitted. The only others have a signature that no
 * request can carry: sequences, types that JSON requests do not have, or no input at all.
 */
class BenignCorpusTest {
  /** FLOAT8, BFLOAT16, the types below 8 bits and complex numbers are no types of a request. */
  private static final Set<Integer> SERVED = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);

  @Test
  void check_nodeTestsThatRun_areAdmittedIfARequestCanCarryThem() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int admitted = 0;
    List<NodeTests.Case> cases =
        Stream.concat(NodeTests.all().stream(), NodeTests.graphs().stream()).toList();
    for (NodeTests.Case one : cases) {
      if (!runs(one)) {
        continue;
      }
      byte[] bytes = Files.readAllBytes(one.model());
      boolean carried = isCarried(ModelProto.parseFrom(bytes).getGraph());
      switch (Admission.check(bytes, AdmissionLimits.defaults())) {
        case Verdict.Admitted _ when carried -> admitted++;
        case Verdict.Refused(List<Refusal> refusals)
            when !carried
                && refusals.stream().allMatch(r -> r.code() == Refusal.Code.ADMISSION_SIGNATURE) ->
            refused.add(one + ": " + refusals);
        case Verdict verdict -> wrong.add(one + ": " + verdict);
      }
    }
    Figures.write("benign", admitted + " admitted, " + refused.size() + " refused", refused);
    assertEquals(List.of(), wrong);
    assertTrue(admitted > 1_500, "only " + admitted);
  }

  @Test
  void check_classicNetworks_areAdmitted() {
    List<Path> files = NodeTests.classics();
    assertEquals(9, files.size());
    for (Path file : files) {
      assertInstanceOf(
          Verdict.Admitted.class,
          Admission.check(file, AdmissionLimits.defaults()),
          file.toString());
    }
  }

  private static boolean isCarried(GraphProto graph) {
    return graph.getInputCount() > 0
        && Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
            .map(value -> value.getType().getTensorType().getElemType())
            .allMatch(SERVED::contains);
  }

  private static boolean runs(NodeTests.Case one) {
    return one.prepared()
        .map(prepared -> {
          try {
            return !RuntimeRun.run(prepared.model().toByteArray(), prepared.given()).isEmpty();
          } catch (OrtException _) {
            return false;
          }
        })
        .orElse(false);
  }
}
