package dev.slipway.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The built zips of one working tree.
 *
 * @param root the repository's root
 */
public record Artefacts(Path root) {

  /**
   * Checks that every zip is there.
   *
   * @throws InfraException naming each missing zip and the command that makes it
   */
  public void check() {
    List<Path> missing =
        Arrays.stream(Artefact.values())
            .map(this::locate)
            .filter(zip -> !Files.isRegularFile(zip))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new InfraException(
          "INFRA_ARTEFACT_MISSING: the templates need the functions' zips; not there: "
              + missing
              + ". Run ./slipway deploy --dry-run in the repository's root, or"
              + " mvn -DskipTests package, and try again.");
    }
  }

  /** {@return the absolute path of a zip, there or not} */
  public Path locate(Artefact artefact) {
    return root.resolve(artefact.path()).toAbsolutePath().normalize();
  }

  /**
   * {@return the SHA-256 of a zip's bytes, in hexadecimal}
   *
   * @throws InfraException if the zip cannot be read
   */
  public String sha256(Artefact artefact) {
    Path zip = locate(artefact);
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip)));
    } catch (IOException e) {
      throw new InfraException(
          "INFRA_ARTEFACT_UNREADABLE: %s cannot be read: %s. Build it again with mvn package."
              .formatted(zip, e.getMessage()),
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
