package dev.slipway.runtime.testing;

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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Bundles around the models of {@code src/test/onnx/make_models.py}.
 *
 * <p>The flowers take {@code features} [N, 3] (height from 0 to 2000, petals may be missing, width
 * is required) and {@code colour} [N], and answer {@code label} [N] and {@code probabilities} [N,
 * 2]. The house takes {@code features} [N, 2] and answers {@code prediction} [N, 1].
 */
public enum SampleBundle {
  /** Answers well. */
  FLOWERS("flowers"),
  /** Answers NaN. */
  NAN("nan"),
  /** Answers probabilities that sum to 0.5. */
  UNFAIR("unfair"),
  /** Answers a label that it did not promise. */
  FOREIGN("foreign"),
  /** Fails while it runs when height is above 1000. */
  PICKY("picky"),
  /** A regression. */
  HOUSE("house");

  private final String model;

  SampleBundle(String model) {
    this.model = model;
  }

  /** {@return the bytes of the ONNX model} */
  public byte[] onnx() {
    try (InputStream in = SampleBundle.class.getResourceAsStream(model + ".onnx")) {
      if (in == null) {
        throw new IllegalStateException(model + ".onnx is not on the class path of the tests");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the manifest without files} */
  public Manifest manifest() {
    boolean house = this == HOUSE;
    return new Manifest(
        house ? "house" : "flowers",
        house ? Task.REGRESSION : Task.CLASSIFICATION,
        house ? houseInputs() : flowerInputs(),
        house ? houseOutputs() : flowerOutputs(),
        List.of(),
        lineage(),
        new Recipe("none", "any-x86", List.of()),
        new Metrics(
            "accuracy",
            OptionalDouble.of(0.9),
            OptionalDouble.of(0.9),
            Optional.empty(),
            OptionalDouble.empty(),
            10));
  }

  /**
   * {@return a bundle on disk}
   *
   * @param directory the directory to make
   */
  public BundleDirectory write(Path directory) {
    return new BundleWriter()
        .add(BundleFile.MODEL, onnx())
        .add(BundleFile.FLOAT_MODEL, onnx())
        .add(BundleFile.REPORT, "<p>sample".getBytes(StandardCharsets.UTF_8))
        .write(directory, manifest());
  }

  private static List<InputTensor> flowerInputs() {
    return List.of(
        new InputTensor(
            "features",
            Datatype.FP32,
            Shape.of(Shape.ANY, 3),
            List.of(
                new Column(
                    "height",
                    Column.Type.NUMBER,
                    true,
                    OptionalDouble.of(0),
                    OptionalDouble.of(2000)),
                Column.number("petals", false),
                Column.number("width", true))),
        new InputTensor(
            "colour",
            Datatype.BYTES,
            Shape.of(Shape.ANY),
            List.of(Column.category("colour", true))));
  }

  private static List<OutputTensor> flowerOutputs() {
    return List.of(
        new OutputTensor("label", Datatype.BYTES, Shape.of(Shape.ANY), List.of()),
        new OutputTensor(
            "probabilities", Datatype.FP32, Shape.of(Shape.ANY, 2), List.of("iris", "rose")));
  }

  private static List<InputTensor> houseInputs() {
    return List.of(
        new InputTensor(
            "features",
            Datatype.FP32,
            Shape.of(Shape.ANY, 2),
            List.of(Column.number("rooms", true), Column.number("age", true))));
  }

  private static List<OutputTensor> houseOutputs() {
    return List.of(
        new OutputTensor("prediction", Datatype.FP32, Shape.of(Shape.ANY, 1), List.of()));
  }

  private static Lineage lineage() {
    Digest digest = Digest.of("sample".getBytes(StandardCharsets.UTF_8));
    return new Lineage(
        "", "sample.csv", "", digest, digest, 42, "0.1.0", "25", "1.29.0", "none", "cpu");
  }
}
