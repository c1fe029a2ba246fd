package dev.slipway.pipeline.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bundle.BundleDirectory;
import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished models through the package job, with admission, child process and quantizer real. */
class UploadedModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLAIN = "name: scorer\ntask: regression\ntraining: {trainer: onnx}\n";
  private static final String GOLDEN =
      """
      {"formatVersion":1,"cases":[{"name":"one","request":{"inputs":[{"name":"x","datatype":"FP32",
       "shape":[1,3],"data":[1,2,3]}]},"outputs":[{"name":"y","datatype":"FP32","shape":[1,1],
       "data":[%s]}],"tolerance":0.05}]}
      """;

  @TempDir private Path folder;
  private String spec = "";
  private String live = "";

  @Test
  void package_ofAModelThatAnswersItsGoldenRequests_leavesABundle() throws IOException {
    FolderStore store = store(sum().toBytes(), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("6"));
    assertEquals(0, run(store), () -> reasons(store));
    JsonNode result = result(store);
    String digest = result.path("bundleDigest").asText();
    Path bundle = store.path("registry", "bundles/scorer/" + digest);
    assertEquals(digest, BundleDirectory.verify(bundle, BundleDirectory.Scope.ALL).digest().hex());
    assertTrue(Files.readString(bundle.resolve("golden.json")).contains("\"one\""));
    assertTrue(Files.exists(bundle.resolve("layer.zip")));
  }

  @Test
  void package_ofAModelThatMissesItsGoldenRequests_isRefused() throws IOException {
    FolderStore store = store(sum().toBytes(), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("7"));
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("GOLDEN_DIFFERS"), reasons(store));
    assertFalse(Files.exists(store.path("registry", "bundles")));
  }

  @Test
  void package_withCalibrationRows_quantizes() throws IOException {
    FolderStore store = store(wide().toBytes(), PLAIN);
    StringBuilder csv = new StringBuilder("a,b,c\n");
    Random random = new Random(5);
    for (int row = 0; row < 100; row++) {
      csv.append("%.3f,%.3f,%.3f%n".formatted(random.nextFloat(), random.nextFloat(), 0.5));
    }
    beside(store, "m.calibration.csv", csv.toString());
    assertEquals(0, run(store), () -> reasons(store));
    String recipe = result(store).path("facts").path("recipe").asText();
    assertTrue(recipe.endsWith("-int8"), recipe);
  }

  @Test
  void package_besideALiveModel_saysHowTheyCompare() throws IOException {
    FolderStore store = store(sum().toBytes(), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("6"));
    run(store);
    live = result(store).path("bundleDigest").asText();
    assertEquals(0, run(store), () -> reasons(store));
    String compared = result(store).path("facts").path("comparedWithLive").asText();
    assertTrue(compared.startsWith("answers 1 of 1 requests like the live bundle"), compared);
  }

  @Test
  void package_ofAModelWithOtherInputsThanTheLiveOne_isRefused() throws IOException {
    FolderStore store = store(sum().toBytes(), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("6"));
    run(store);
    live = result(store).path("bundleDigest").asText();
    GraphBuilder graph = GraphBuilder.named("uploaded");
    graph.input("z", ElementType.FLOAT, Shape.batchOf(3));
    String sums = graph.constant(Tensors.floats("w", new long[] {3, 1}, 1, 1, 1));
    graph.node("MatMul", List.of("z", sums), List.of("y"));
    store.write("datasets", "datasets/scorer/m.onnx", end(graph).toBytes());
    beside(store, "m.golden.json", GOLDEN.formatted("6").replace("\"x\"", "\"z\""));
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("SCHEMA_DIFFERS_FROM_LIVE"), reasons(store));
  }

  @Test
  void package_withRightAnswers_isMeasuredAndGated() throws IOException {
    String csv = "a,b,c,total\n1,2,3,6\n2,2,2,6\n0,1,0,1\n5,1,1,7\n3,3,3,9\n";
    FolderStore store = store(sum().toBytes(), PLAIN + "data: {target: total}\n");
    beside(store, "m.calibration.csv", csv);
    assertEquals(0, run(store), () -> reasons(store));
    assertEquals(1.0, result(store).path("facts").path("value").asDouble(), 1e-3);
    beside(store, "m.calibration.csv", csv.replace(",9", ",-9").replace(",7", ",-70"));
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("GATE_TRIVIAL"), reasons(store));
  }

  @Test
  void package_ofAModelOfWhichNothingIsKnown_isRefused() throws IOException {
    FolderStore store = store(sum().toBytes(), PLAIN);
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("UPLOAD_UNDESCRIBED"), reasons(store));
  }

  @Test
  void package_ofADescribedModel_servesItAsItCame() throws IOException {
    FolderStore store =
        store(
            sum().toBytes(),
            PLAIN + "model: {inputs: [{name: x, datatype: FP32, shape: [-1, 3]}]}\n");
    assertEquals(0, run(store), () -> reasons(store));
    assertEquals("none", result(store).path("facts").path("recipe").asText());
  }

  @Test
  void package_ofAModelUnlikeItsDescription_isRefused() throws IOException {
    FolderStore store =
        store(
            sum().toBytes(),
            PLAIN + "model: {inputs: [{name: x, datatype: FP32, shape: [-1, 4]}]}\n");
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("MODEL_SIGNATURE_MISMATCH"), reasons(store));
  }

  @Test
  void package_ofAModelThatAnswersNaN_isRefused() throws IOException {
    GraphBuilder graph = start();
    String minus = graph.node("Neg", List.of("x"));
    String log = graph.node("Log", List.of(minus));
    graph.node("ReduceSum", List.of(log, axes(graph)), List.of("y"), Attributes.of("keepdims", 1));
    FolderStore store = store(end(graph).toBytes(), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("6"));
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("MODEL_ANSWER_INVALID"), reasons(store));
  }

  @Test
  void package_ofAModelThatThrows_isRefused() throws IOException {
    GraphBuilder graph = start();
    String index = graph.constant(Tensors.longs("index", 9));
    String cast = graph.node("Cast", List.of("x"), Attributes.of("to", 7));
    String table = graph.constant(Tensors.floats("table", 1, 2));
    String shifted = graph.node("Add", List.of(cast, index));
    String picked = graph.node("Gather", List.of(table, shifted));
    graph.node(
        "ReduceSum", List.of(picked, axes(graph)), List.of("y"), Attributes.of("keepdims", 1));
    FolderStore store = store(end(graph).toBytes(), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("6"));
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("MODEL_RUN_FAILED"), reasons(store));
  }

  @Test
  void package_ofSomethingElse_isNotAdmitted() throws IOException {
    FolderStore store = store("\u0080\u0004pickle".getBytes(StandardCharsets.ISO_8859_1), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("6"));
    assertEquals(1, run(store));
    assertTrue(reasons(store).contains("ADMISSION_"), reasons(store));
    assertEquals("REFUSED", result(store).path("outcome").asText());
  }

  @Test
  void sameModelTwice_givesTheSameBundle() throws IOException {
    FolderStore store = store(sum().toBytes(), PLAIN);
    beside(store, "m.golden.json", GOLDEN.formatted("6"));
    run(store);
    String first = result(store).path("bundleDigest").asText();
    run(store);
    assertEquals(first, result(store).path("bundleDigest").asText());
  }

  private static GraphBuilder start() {
    GraphBuilder graph = GraphBuilder.named("uploaded");
    graph.input("x", ElementType.FLOAT, Shape.batchOf(3));
    return graph;
  }

  private static String axes(GraphBuilder graph) {
    return graph.constant(Tensors.longs("axes", 1));
  }

  private static OnnxModel end(GraphBuilder graph) {
    graph.output("y", ElementType.FLOAT, Shape.batchOf(1));
    return graph.build();
  }

  private static OnnxModel sum() {
    GraphBuilder graph = start();
    String weights = graph.constant(Tensors.floats("w", new long[] {3, 1}, 1, 1, 1));
    graph.node("MatMul", List.of("x", weights), List.of("y"));
    return end(graph);
  }

  /** Large enough that 8 bits make it smaller than 16. */
  private static OnnxModel wide() {
    GraphBuilder graph = start();
    Random random = new Random(4);
    String value = "x";
    long[][] shapes = {{3, 128}, {128, 128}, {128, 1}};
    for (long[] shape : shapes) {
      float[] weights = new float[(int) (shape[0] * shape[1])];
      for (int index = 0; index < weights.length; index++) {
        weights[index] = (float) (random.nextGaussian() / Math.sqrt((double) shape[0]));
      }
      String constant = graph.constant(Tensors.floats("w" + shape[0] + shape[1], shape, weights));
      value = graph.node("MatMul", List.of(value, constant));
      value = shape[1] > 1 ? graph.node("Relu", List.of(value)) : value;
    }
    graph.node("Identity", List.of(value), List.of("y"));
    return end(graph);
  }

  private FolderStore store(byte[] model, String yaml) throws IOException {
    FolderStore store = new FolderStore(folder);
    store.write("datasets", "datasets/scorer/m.onnx", model);
    spec = ModelSpec.fromYaml(yaml, "model.yaml").toJson();
    return store;
  }

  /** Writes what intake would, with the files that lie beside the model by now. */
  private void describe(FolderStore store) throws IOException {
    ObjectNode run =
        JSON.createObjectNode()
            .put("formatVersion", 1)
            .put("runId", "r1")
            .put("model", "scorer")
            .put("kind", "onnx")
            .put("registry", "registry");
    run.putObject("source")
        .put("bucket", "datasets")
        .put("key", "datasets/scorer/m.onnx")
        .put("versionId", "v1");
    run.put("liveBundle", live);
    run.set("spec", JSON.readTree(spec));
    Map.of("golden", "m.golden.json", "calibration", "m.calibration.csv")
        .forEach((kind, name) -> {
          String key = "datasets/scorer/" + name;
          if (Files.exists(store.path("datasets", key))) {
            run.withObject("/beside/" + kind).put("key", key).put("versionId", "v1");
          }
        });
    store.write("registry", "runs/scorer/r1/run.json", JSON.writeValueAsBytes(run));
  }

  private static void beside(FolderStore store, String name, String text) {
    store.write("datasets", "datasets/scorer/" + name, text.getBytes(StandardCharsets.UTF_8));
  }

  private int run(FolderStore store) throws IOException {
    describe(store);
    JobContext context =
        new JobContext(
            store,
            Files.createTempDirectory(folder, "package"),
            folder.resolve("cache"),
            RuntimeOptions.of(System.getenv()),
            Clock.systemUTC());
    PrintStream log = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new JobRunner(context, log).run("package", "s3://registry/runs/scorer/r1/run.json");
  }

  private static String reasons(FolderStore store) {
    try {
      return result(store).path("reasons").toString();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static JsonNode result(FolderStore store) throws IOException {
    return JSON.readTree(
        store.read("registry", "runs/scorer/r1/package-result.json").orElseThrow());
  }
}
