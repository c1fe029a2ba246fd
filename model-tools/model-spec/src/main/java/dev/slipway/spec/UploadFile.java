package dev.slipway.spec;

import java.util.Locale;
import java.util.Optional;

/** The files of a model that is uploaded finished, told apart by their names. */
public enum UploadFile {
  /** Requests with the replies expected. */
  GOLDEN(".golden.json"),
  /** Rows to quantize with and to compare models on. */
  CALIBRATION(".calibration.csv");

  /** What the name of a finished model ends with, in any case. */
  public static final String MODEL_SUFFIX = ".onnx";

  private final String suffix;

  UploadFile(String suffix) {
    this.suffix = suffix;
  }

  /** {@return what the name of such a file ends with when model.yaml does not name it} */
  public String suffix() {
    return suffix;
  }

  /** {@return whether a file of this name is a finished model} */
  public static boolean isModel(String fileName) {
    return fileName.toLowerCase(Locale.ROOT).endsWith(MODEL_SUFFIX);
  }

  /**
   * {@return which file beside a model one of this name is; empty for the model itself and for any
   * other file}
   */
  public static Optional<UploadFile> beside(ModelSpec spec, String fileName) {
    for (UploadFile file : values()) {
      if (file.named(spec).filter(fileName::equals).isPresent()
          || fileName.toLowerCase(Locale.ROOT).endsWith(file.suffix)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** {@return the name that model.yaml gives this file, which then must be there} */
  public Optional<String> named(ModelSpec spec) {
    UploadedModelSpec model = spec.model().orElse(UploadedModelSpec.UNSPECIFIED);
    return this == GOLDEN ? model.golden() : model.calibration();
  }

  /** {@return the name of this file beside the model {@code modelFile}} */
  public String nameBeside(ModelSpec spec, String modelFile) {
    String stem =
        isModel(modelFile)
            ? modelFile.substring(0, modelFile.length() - MODEL_SUFFIX.length())
            : modelFile;
    return named(spec).orElse(stem + suffix);
  }
}
