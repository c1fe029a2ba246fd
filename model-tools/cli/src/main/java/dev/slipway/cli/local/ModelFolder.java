package dev.slipway.cli.local;

import dev.slipway.cli.Refusal;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.ModelSpecException;
import dev.slipway.spec.UploadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A model's folder: one {@code model.yaml} and one data file beside it.
 *
 * @param folder absolute path
 * @param data the dataset or finished model to upload first
 */
public record ModelFolder(Path folder, ModelSpec spec, Path data) {
  private static final List<String> DATA_SUFFIXES = List.of(".csv", ".csv.gz", ".onnx");

  /** {@return the folder, read and checked} */
  public static ModelFolder read(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    Path yaml = absolute.resolve("model.yaml");
    if (!Files.isRegularFile(yaml)) {
      throw new Refusal(
          "MODEL_FOLDER_INCOMPLETE",
          "%s has no model.yaml; a model's folder holds one model.yaml and one data file (%s). See model-tools/examples"
              .formatted(folder, String.join(", ", DATA_SUFFIXES)));
    }
    ModelSpec spec = spec(yaml);
    return new ModelFolder(absolute, spec, dataFile(absolute, spec));
  }

  private static ModelSpec spec(Path yaml) {
    try {
      return ModelSpec.fromYaml(yaml);
    } catch (ModelSpecException refused) {
      throw new Refusal("MODEL_SPEC_REFUSED", refused.getMessage(), refused);
    }
  }

  private static Path dataFile(Path folder, ModelSpec spec) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> isData(file, spec)).sorted().toList();
      if (found.size() != 1) {
        throw new Refusal(
            "MODEL_FOLDER_DATA",
            "%s has %d data files %s; expected exactly one of %s"
                .formatted(
                    folder,
                    found.size(),
                    found.stream().map(Path::getFileName).toList(),
                    suffixes(spec)));
      }
      return found.getFirst();
    } catch (IOException unreadable) {
      throw new Refusal(
          "MODEL_FOLDER_UNREADABLE", folder + " can't be listed: " + unreadable.getMessage());
    }
  }

  private static boolean isData(Path file, ModelSpec spec) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && suffixes(spec).stream().anyMatch(name::endsWith);
  }

  /** Beside a finished model may lie rows, which are no data to train on. */
  private static List<String> suffixes(ModelSpec spec) {
    return spec.isUploaded() ? List.of(UploadFile.MODEL_SUFFIX) : DATA_SUFFIXES;
  }

  /** {@return the model's name} */
  public String name() {
    return spec.name();
  }
}
