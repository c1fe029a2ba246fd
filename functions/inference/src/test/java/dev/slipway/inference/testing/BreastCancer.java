package dev.slipway.inference.testing;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.BundleWriter;
import dev.slipway.bundle.Column;
import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.Digest;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.Lineage;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.Metrics;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Recipe;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.Task;
import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A bundle with the signature of the breast-cancer example, around a model that looks at one column
 * only: a tumour whose largest radius is above 16 is malignant.
 */
public final class BreastCancer {
  private static final String DATA = "model-tools/examples/breast-cancer/breast-cancer.csv";
  private static final String DECIDING = "worst_radius";
  private static final float THRESHOLD = 16;

  private BreastCancer() {}

  /** {@return the bundle, written below {@code opt}} */
  public static BundleDirectory write(Path root, Path opt) {
    List<String> columns = columns(root.resolve(DATA));
    byte[] onnx = onnx(columns);
    return new BundleWriter()
        .add(BundleFile.MODEL, onnx)
        .add(BundleFile.FLOAT_MODEL, onnx)
        .write(opt.resolve("bundle"), manifest(columns));
  }

  /** The header without the identifier in front and the target at the end. */
  private static List<String> columns(Path csv) {
    try (var lines = Files.lines(csv)) {
      List<String> header = Arrays.asList(lines.findFirst().orElseThrow().split(","));
      return header.subList(1, header.size() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] onnx(List<String> columns) {
    float[] weights = new float[columns.size() * 2];
    int deciding = columns.indexOf(DECIDING);
    weights[deciding * 2] = -1;
    weights[deciding * 2 + 1] = 1;
    GraphBuilder graph = GraphBuilder.named("breast-cancer");
    String x =
        graph.input(
            "features", ElementType.FLOAT, dev.slipway.onnx.graph.Shape.batchOf(columns.size()));
    String w = graph.constant(Tensors.floats("w", new long[] {columns.size(), 2}, weights));
    String b = graph.constant(Tensors.floats("b", THRESHOLD, -THRESHOLD));
    String labels = graph.constant(Tensors.strings("labels", List.of("benign", "malignant")));
    String logits = graph.node("Gemm", List.of(x, w, b));
    graph.node("Softmax", List.of(logits), List.of("probabilities"));
    String best =
        graph.node(
            "ArgMax", List.of(logits), Attributes.of("axis", 1), Attributes.of("keepdims", 0));
    graph.node("Gather", List.of(labels, best), List.of("label"));
    graph.output("label", ElementType.STRING, dev.slipway.onnx.graph.Shape.batchOf());
    graph.output("probabilities", ElementType.FLOAT, dev.slipway.onnx.graph.Shape.batchOf(2));
    return graph.build().toBytes();
  }

  private static Manifest manifest(List<String> columns) {
    List<Column> described = columns.stream().map(name -> Column.number(name, true)).toList();
    Digest none = Digest.of("sample".getBytes(StandardCharsets.UTF_8));
    return new Manifest(
        "breast-cancer",
        Task.CLASSIFICATION,
        List.of(
            new InputTensor(
                "features", Datatype.FP32, Shape.of(Shape.ANY, columns.size()), described)),
        List.of(
            new OutputTensor("label", Datatype.BYTES, Shape.of(Shape.ANY), List.of()),
            new OutputTensor(
                "probabilities",
                Datatype.FP32,
                Shape.of(Shape.ANY, 2),
                List.of("benign", "malignant"))),
        List.of(),
        new Lineage("", DATA, "", none, none, 42, "0.1.0", "25", "1.29.0", "none", "cpu"),
        new Recipe("none", "any-x86", List.of()),
        new Metrics(
            "accuracy",
            OptionalDouble.of(0.9),
            OptionalDouble.of(0.9),
            Optional.empty(),
            OptionalDouble.empty(),
            10));
  }
}
