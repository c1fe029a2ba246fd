package dev.slipway.cli.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model folders that {@code up} was given so far, kept across restarts. */
public final class KnownModels {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXAMPLE = "model-tools/examples/breast-cancer";

  private final Workspace workspace;

  public KnownModels(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * {@return every model to run: the known ones and {@code added}, by name; the example when there
   * is none} Two folders with one name are refused, unless the known folder has gone.
   */
  public List<ModelFolder> with(List<Path> added) {
    Map<String, ModelFolder> byName = new LinkedHashMap<>();
    for (Path folder : known()) {
      if (Files.isRegularFile(folder.resolve("model.yaml"))) {
        ModelFolder model = ModelFolder.read(folder);
        byName.put(model.name(), model);
      }
    }
    for (Path folder : added) {
      ModelFolder model = ModelFolder.read(folder);
      ModelFolder before = byName.put(model.name(), model);
      if (before != null && !before.folder().equals(model.folder())) {
        throw new Refusal(
            "MODEL_NAME_TAKEN",
            "%s and %s both name their model '%s'; give one of them another name"
                .formatted(before.folder(), model.folder(), model.name()));
      }
    }
    if (byName.isEmpty()) {
      ModelFolder example = ModelFolder.read(workspace.root().resolve(EXAMPLE));
      byName.put(example.name(), example);
    }
    return List.copyOf(byName.values());
  }

  /** Remembers {@code models} for the next start. */
  public void keep(List<ModelFolder> models) {
    try {
      Files.createDirectories(workspace.home());
      Path next = workspace.home().resolve("models.json.next");
      Files.writeString(
          next,
          JSON.writeValueAsString(
              models.stream().map(model -> model.folder().toString()).toList()));
      Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new Refusal(
          "HOME_UNWRITABLE", file() + " can't be written: " + unwritable.getMessage(), unwritable);
    }
  }

  private List<Path> known() {
    if (!Files.isRegularFile(file())) {
      return List.of();
    }
    try {
      List<Path> folders = new ArrayList<>();
      for (String folder : JSON.readValue(file().toFile(), new TypeReference<List<String>>() {})) {
        folders.add(Path.of(folder));
      }
      return folders;
    } catch (IOException malformed) {
      throw new Refusal(
          "MODELS_FILE_MALFORMED",
          "%s is not a list of folders; delete it and name the folders again: ./slipway up DIR"
              .formatted(file()),
          malformed);
    }
  }

  private Path file() {
    return workspace.home().resolve("models.json");
  }
}
