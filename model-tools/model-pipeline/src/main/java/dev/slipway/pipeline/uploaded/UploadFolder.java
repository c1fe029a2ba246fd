package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.BundleException;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.spec.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A finished model and what its owner put beside it.
 *
 * @param path the folder
 */
public record UploadFolder(Path path) {
  /** The model. */
  public static final String MODEL = "model.onnx";

  /** Requests with the answers expected, in the form of a bundle's golden.json; optional. */
  public static final String GOLDEN = "golden.json";

  /** Rows to quantize with; optional. */
  public static final String CALIBRATION = "calibration.csv";

  private static final String SPEC = "spec.json";

  /** {@return a file of the folder} */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** {@return the model} */
  public Path model() {
    return file(MODEL);
  }

  /**
   * {@return the golden requests, if there are any}
   *
   * @throws PipelineRefusal with every mistake in them
   */
  public Optional<GoldenCases> golden() {
    if (!Files.exists(file(GOLDEN))) {
      return Optional.empty();
    }
    try {
      return Optional.of(GoldenCases.read(Files.readAllBytes(file(GOLDEN))));
    } catch (BundleException wrong) {
      throw new PipelineRefusal("UPLOAD_GOLDEN_INVALID", wrong.getMessage() + "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file(GOLDEN) + " failed", unreadable);
    }
  }

  /** {@return the calibration rows' file, if there is one} */
  public Optional<Path> calibration() {
    return Optional.of(file(CALIBRATION)).filter(Files::exists);
  }

  /** {@return the specification that {@link #writeSpec} wrote} */
  ModelSpec spec() {
    try {
      return ModelSpec.fromJson(Files.readString(file(SPEC)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file(SPEC) + " failed", unreadable);
    }
  }

  /** Writes the specification for the child process. */
  void writeSpec(ModelSpec spec) {
    try {
      Files.writeString(file(SPEC), spec.toJson());
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + file(SPEC) + " failed", unwritable);
    }
  }
}
