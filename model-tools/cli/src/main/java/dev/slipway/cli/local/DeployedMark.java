package dev.slipway.cli.local;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Remembers what was deployed last, so that a second {@code up} need not deploy again: the zips,
 * the infra program, every model.yaml and the settings.
 */
public final class DeployedMark {
  private static final List<String> ARTEFACTS =
      List.of(
          "functions/inference/target/inference.zip",
          "functions/fallback-responder/target/fallback-responder.zip",
          "functions/pipeline-tasks/target/pipeline-tasks.zip",
          "functions/release-control/target/release-control.zip",
          "infra/target/app/slipway-infra-0.1.0.jar");

  private final Path file;
  private final String fingerprint;

  private DeployedMark(Path file, String fingerprint) {
    this.file = file;
    this.fingerprint = fingerprint;
  }

  /** {@return the mark of the present tree, models and settings} */
  public static DeployedMark of(Workspace workspace, List<ModelFolder> models, String settings) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(settings.getBytes(StandardCharsets.UTF_8));
      for (String artefact : ARTEFACTS) {
        digest.update(Files.readAllBytes(workspace.root().resolve(artefact)));
      }
      for (ModelFolder model : models) {
        digest.update(model.folder().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(model.folder().resolve("model.yaml")));
      }
      return new DeployedMark(
          workspace.home().resolve("deployed"), HexFormat.of().formatHex(digest.digest()));
    } catch (IOException missing) {
      throw new Refusal(
          "BUILD_INCOMPLETE",
          "a built file is missing: %s. Build again: rm -r .slipway/build && ./slipway up"
              .formatted(missing.getMessage()),
          missing);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** {@return whether exactly this was deployed last} */
  public boolean isCurrent() {
    try {
      return Files.isRegularFile(file) && Files.readString(file).equals(fingerprint);
    } catch (IOException unreadable) {
      throw new Refusal("HOME_UNREADABLE", file + " can't be read", unreadable);
    }
  }

  /** Forgets the last deployment: until {@link #keep} the next {@code up} deploys again. */
  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException unwritable) {
      throw new Refusal("HOME_UNWRITABLE", file + " can't be deleted", unwritable);
    }
  }

  /** Remembers that this is deployed. */
  public void keep() {
    try {
      Files.writeString(file, fingerprint);
    } catch (IOException unwritable) {
      throw new Refusal("HOME_UNWRITABLE", file + " can't be written", unwritable);
    }
  }
}
