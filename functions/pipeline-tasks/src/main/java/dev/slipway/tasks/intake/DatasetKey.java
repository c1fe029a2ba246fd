package dev.slipway.tasks.intake;

import dev.slipway.spec.UploadFile;
import dev.slipway.tasks.run.RunFiles;
import java.util.Optional;

/**
 * The parts of {@code datasets/<model>/<file>}.
 *
 * @param model whose data
 * @param file its name, without folders
 */
record DatasetKey(String model, String file) {
  private static final String PREFIX = "datasets/";

  /** {@return the parts; empty for any other key} */
  static Optional<DatasetKey> of(String key) {
    if (!key.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String rest = key.substring(PREFIX.length());
    int slash = rest.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String model = rest.substring(0, slash);
    String file = rest.substring(slash + 1);
    return RunFiles.isModel(model) && !file.isEmpty() && file.indexOf('/') < 0
        ? Optional.of(new DatasetKey(model, file))
        : Optional.empty();
  }

  boolean isOnnx() {
    return UploadFile.isModel(file);
  }
}
