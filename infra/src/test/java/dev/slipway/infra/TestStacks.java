package dev.slipway.infra;

import dev.slipway.infra.model.ServedModel;
import dev.slipway.spec.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;

/** Defines the stacks of a made-up model over made-up zips. */
final class TestStacks {
  static final String MODEL = "breast-cancer";

  private TestStacks() {}

  /** {@return an app's stacks; nothing is deployed} */
  static Stacks define(App app, Path folder, Map<String, Object> context, String yaml) {
    ServedModel model =
        new ServedModel(ModelSpec.fromYaml(write(folder.resolve("model.yaml"), yaml)));
    for (Artefact artefact : Artefact.values()) {
      write(folder.resolve(artefact.path()), artefact.path());
    }
    return Stacks.define(
        app,
        InfraSettings.read(context::get),
        List.of(model),
        new Artefacts(folder),
        Environment.builder().account("000000000000").region("us-east-1").build());
  }

  /** {@return the stacks as `up` deploys them} */
  static Stacks define(App app, Path folder) {
    return define(app, folder, Map.of("jobImage", "slipway/job:local"), shortestYaml());
  }

  static String shortestYaml() {
    return "name: breast-cancer\ntask: classification\ndata: {target: diagnosis}\n";
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new java.io.UncheckedIOException(unwritable);
    }
  }
}
