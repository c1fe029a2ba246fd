package dev.slipway.cli.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.cli.CommandRunner;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
  private static final int WIDTH = 24;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Random random = new Random(5);

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    model().write(folder.resolve("in.onnx"));
    Files.writeString(folder.resolve("rows.csv"), rows(40));
  }

  @Test
  void quantize_csvWithoutRecipe_searchesAndWritesModelAndPage() throws IOException {
    int code = run("--calibration", path("rows.csv"), "--report", path("page.html"), "--json");

    assertEquals(0, code, text(err));
    assertTrue(text(out).contains("\"automatic\" : true"), text(out));
    assertTrue(Files.size(folder.resolve("out.onnx")) < Files.size(folder.resolve("in.onnx")));
    String page = Files.readString(folder.resolve("page.html"));
    assertTrue(page.contains("<svg") && page.contains("What was tried"), page);
    assertFalse(page.contains("http"), "the page loads nothing");
  }

  @Test
  void quantize_twice_givesEqualBytes() throws IOException {
    run("--recipe", "static-int8", "--calibration", path("rows.csv"));
    byte[] first = Files.readAllBytes(folder.resolve("out.onnx"));

    run("--recipe", "static-int8", "--calibration", path("rows.csv"));

    assertArrayEquals(first, Files.readAllBytes(folder.resolve("out.onnx")));
  }

  @Test
  void quantize_withoutCalibration_needsNone() {
    for (String recipe : List.of("dynamic-int8", "fp16", "weight-int8", "weight-int4")) {
      assertEquals(0, run("--recipe", recipe), text(err));
    }
    assertRefused("CALIBRATION_MISSING", "--recipe", "auto");
    assertRefused("CALIBRATION_MISSING", "--recipe", "static-int8");
  }

  @Test
  void quantize_includeAndExclude_chooseByNameAndType() {
    String first = model().nodes().getFirst().label();
    assertEquals(0, run("--exclude", first, "--json"), text(err));
    assertTrue(text(out).contains("excluded by the caller"), text(out));
    out.reset();
    assertEquals(0, run("--include", "MatMul", "--json"), text(err));
    assertFalse(text(out).contains("excluded by the caller"), text(out));
    assertRefused("NODE_UNKNOWN", "--exclude", "absent");
    assertRefused("OPTIONS_CONFLICT", "--exclude", first, "--include", first);
  }

  @Test
  void quantize_wrongWords_areRefused() {
    assertRefused("RECIPE_UNKNOWN", "--recipe", "int3");
    assertRefused("TARGET_UNKNOWN", "--target", "riscv");
    assertRefused("MAX_DROP_INVALID", "--max-drop", "7");
    assertRefused("CALIBRATION_UNREADABLE", "--calibration", path("absent.npz"));
    assertRefused("CALIBRATION_MISSING", "--labels", path("rows.csv"));
  }

  @Test
  void quantize_tooFewSamples_isRefused() throws IOException {
    Files.writeString(folder.resolve("few.csv"), rows(3));

    assertRefused("CALIBRATION_TOO_FEW", "--calibration", path("few.csv"));
    assertRefused(
        "CALIBRATION_TOO_FEW", "--calibration", path("few.csv"), "--recipe", "static-int8");
  }

  @Test
  void quantize_overItsInput_isRefusedAndNothingIsLeftBehind() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("in.onnx"));

    int code =
        runner().run("quantize", path("in.onnx"), path("../" + folder.getFileName() + "/in.onnx"));

    assertEquals(1, code);
    assertTrue(text(err).contains("OUTPUT_IS_INPUT"), text(err));
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("in.onnx")));
    assertRefused("OUTPUT_IS_INPUT", "--report", path("out.onnx"));
    assertRefused("OUTPUT_UNWRITABLE", "--report", path("absent/page.html"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  private void assertRefused(String code, String... options) {
    err.reset();
    assertEquals(1, run(options), text(out));
    assertTrue(text(err).startsWith("slipway: " + code), text(err));
  }

  private int run(String... options) {
    return runner()
        .run(
            Stream.concat(
                    Stream.of("quantize", path("in.onnx"), path("out.onnx")), Stream.of(options))
                .toArray(String[]::new));
  }

  private CommandRunner runner() {
    return new CommandRunner(
        Map.of("SLIPWAY_HOME", folder.resolve("home").toString(), "CI", "true"),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private String rows(int count) {
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < WIDTH; column++) {
        rows.append(column == 0 ? "" : ",").append(random.nextGaussian());
      }
      rows.append('\n');
    }
    return rows.toString();
  }

  private OnnxModel model() {
    GraphBuilder graph = GraphBuilder.named("two-layers");
    graph.input("x", ElementType.FLOAT, Shape.batchOf(WIDTH));
    graph.constant(Tensors.floats("w", new long[] {WIDTH, 128}, gaussian(WIDTH * 128)));
    graph.constant(Tensors.floats("v", new long[] {128, 4}, gaussian(128 * 4)));
    graph.node("MatMul", List.of("x", "w"), List.of("first"));
    graph.node("Relu", List.of("first"), List.of("hidden"));
    graph.node("MatMul", List.of("hidden", "v"), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(4));
    return graph.build();
  }

  private float[] gaussian(int count) {
    float[] values = new float[count];
    for (int place = 0; place < count; place++) {
      values[place] = (float) random.nextGaussian();
    }
    return values;
  }
}
