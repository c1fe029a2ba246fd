package dev.slipway.pipeline.uploaded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.spec.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeProcessTest {
  private static final String YAML =
      """
      name: scorer
      task: regression
      training: {trainer: onnx}
      model: {inputs: [{name: x, datatype: FP32, shape: [-1, 3]}]}
      """;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final NetworkCut CUT = NetworkCut.ofThisSystem();

  @TempDir private Path folder;

  @Test
  void run_ofASoundModel_ends() {
    new ProbeProcess(LONG, Long.MAX_VALUE, CUT).run(upload());
  }

  @Test
  void run_beyondItsTime_isRefused() {
    assertEquals(
        "PROBE_TIMEOUT", code(new ProbeProcess(Duration.ofMillis(1), Long.MAX_VALUE, CUT)));
  }

  @Test
  void run_beyondItsMemory_isRefused() {
    assertEquals("PROBE_MEMORY", code(new ProbeProcess(LONG, 1, CUT)));
  }

  @Test
  void run_thatDoesNotComeToItsEnd_isRefused() throws IOException {
    UploadFolder upload = upload();
    Files.delete(upload.file("spec.json"));
    PipelineRefusal refusal =
        assertThrows(
            PipelineRefusal.class, () -> new ProbeProcess(LONG, Long.MAX_VALUE, CUT).run(upload));
    assertEquals("PROBE_CRASHED", refusal.reasons().getFirst().code());
  }

  private String code(ProbeProcess probe) {
    UploadFolder upload = upload();
    return assertThrows(PipelineRefusal.class, () -> probe.run(upload)).reasons().getFirst().code();
  }

  private UploadFolder upload() {
    GraphBuilder graph = GraphBuilder.named("same");
    graph.input("x", ElementType.FLOAT, Shape.batchOf(3));
    graph.node("Identity", java.util.List.of("x"), java.util.List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(3));
    UploadFolder upload = new UploadFolder(folder);
    graph.build().write(upload.model());
    upload.writeSpec(ModelSpec.fromYaml(YAML, "model.yaml"));
    return upload;
  }
}
