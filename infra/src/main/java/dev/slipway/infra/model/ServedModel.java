package dev.slipway.infra.model;

import dev.slipway.infra.InfraException;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.Packaging;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model that a stack is made for.
 *
 * @param spec what its {@code model.yaml} asks for
 */
public record ServedModel(ModelSpec spec) {
  /** A parameter of the tier Intelligent-Tiering holds 8 KiB (Systems Manager quotas). */
  private static final int LARGEST_PARAMETER = 8 * 1024;

  /** Names of the control functions, which stand beside the models' functions. */
  private static final Set<String> TAKEN = Set.of("intake", "propose", "reconcile");

  /** Refuses what cannot be deployed. */
  public ServedModel {
    if (TAKEN.contains(spec.name())) {
      throw new InfraException(
          "INFRA_NAME_TAKEN: a model is named %s; expected any name but %s, which are functions of"
                  .formatted(spec.name(), new TreeSet<>(TAKEN))
              + " Slipway itself. Rename it in its model.yaml.");
    }
    if (spec.serving().packaging() == Packaging.IMAGE) {
      throw new InfraException(
          "INFRA_PACKAGE_UNSUPPORTED: model %s asks for serving.package: image; expected zip. A"
                  .formatted(spec.name())
              + " release as container image is not built yet.");
    }
    int size = spec.toJson().getBytes(StandardCharsets.UTF_8).length;
    if (size > LARGEST_PARAMETER) {
      throw new InfraException(
          ("INFRA_SPEC_TOO_LARGE: the specification of model %s takes %d bytes as JSON; expected at"
                  + " most %d. Describe fewer columns in its model.yaml; the rest is inferred.")
              .formatted(spec.name(), size, LARGEST_PARAMETER));
    }
  }

  /**
   * Reads the {@code model.yaml} of a folder.
   *
   * @throws InfraException if the folder holds none
   * @throws dev.slipway.spec.ModelSpecException naming every problem of the file
   */
  public static ServedModel read(Path folder) {
    Path file = folder.resolve("model.yaml");
    if (!Files.isRegularFile(file)) {
      throw new InfraException(
          "INFRA_MODEL_MISSING: context \"models\" names %s, which holds no model.yaml. Name folders"
                  .formatted(folder.toAbsolutePath().normalize())
              + " that hold one, separated by commas; relative paths start at infra/.");
    }
    return new ServedModel(ModelSpec.fromYaml(file));
  }

  /** {@return the model's name} */
  public String name() {
    return spec.name();
  }
}
