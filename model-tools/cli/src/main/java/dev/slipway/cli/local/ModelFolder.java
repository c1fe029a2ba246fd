package dev.slipway.cli.local;

import dev.slipway.cli.Refusal;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.ModelSpecException;
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
    return new ModelFolder(absolute, spec(yaml), dataFile(absolute));
  }

  private static ModelSpec spec(Path yaml) {
    try {
      return ModelSpec.fromYaml(yaml);
    } catch (ModelSpecException refused) {
      throw new Refusal("MODEL_SPEC_REFUSED", refused.getMessage(), refused);
    }
  }

  private static Path dataFile(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(ModelFolder::isData).sorted().toList();
      if (found.size() != 1) {
        throw new Refusal(
            "MODEL_FOLDER_DATA",
            "%s has %d data files %s; expected exactly one of %s"
                .formatted(
                    folder,
                    found.size(),
                    found.stream().map(Path::getFileName).toList(),
                    DATA_SUFFIXES));
      }
      return found.getFirst();
    } catch (IOException unreadable) {
      throw new Refusal(
          "MODEL_FOLDER_UNREADABLE", folder + " can't be listed: " + unreadable.getMessage());
    }
  }

  private static boolean isData(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && DATA_SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /** {@return the model's name} */
  public String name() {
    return spec.name();
  }
}
