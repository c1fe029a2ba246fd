package dev.slipway.cli.local;

import dev.slipway.cli.Refusal;
import dev.slipway.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says that the local AWS was started empty and that not everything kept from before is back yet. A
 * file, so that an {@code up} that is interrupted goes on where it stopped.
 */
public final class RestartMark {
  private final Path file;

  public RestartMark(Workspace workspace) {
    this.file = workspace.home().resolve("restarted");
  }

  /** {@return whether something is still to be brought back} */
  public boolean isSet() {
    return Files.exists(file);
  }

  /** Remembers that the local AWS has just been started. */
  public void set() {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    } catch (IOException unwritable) {
      throw new Refusal("HOME_UNWRITABLE", file + " can't be written", unwritable);
    }
  }

  /** Remembers that everything is back. */
  public void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException unwritable) {
      throw new Refusal("HOME_UNWRITABLE", file + " can't be deleted", unwritable);
    }
  }
}
