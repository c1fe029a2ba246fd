package dev.slipway.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the serving files of a bundle as a Lambda layer: entries {@code bundle/…}, which Lambda
 * unpacks to {@code /opt/bundle}. Equal bundles give equal bytes.
 */
public final class LayerZip {
  /** The folder in the archive, and below the root where a layer is unpacked. */
  public static final String FOLDER = "bundle/";

  /** One fixed time in every archive; the first that the zip format can say is 1980-01-01. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private LayerZip() {}

  /**
   * Writes the layer.
   *
   * @param bundle a checked bundle
   * @param target the archive to write; replaced when it exists
   * @throws UncheckedIOException when a file cannot be read or written
   */
  public static void write(BundleDirectory bundle, Path target) {
    try {
      Path parent = target.toAbsolutePath().getParent();
      Path temporary = Files.createTempFile(parent, ".layer-", ".zip");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary));
            ZipOutputStream zip = new ZipOutputStream(out)) {
          for (String name : served(bundle)) {
            add(zip, FOLDER + name, bundle.file(name));
          }
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing the layer " + target + " failed", e);
    }
  }

  private static Set<String> served(BundleDirectory bundle) {
    TreeSet<String> names = new TreeSet<>();
    names.add(BundleFile.MANIFEST);
    for (BundleFile file : bundle.manifest().files()) {
      if (file.isServed()) {
        names.add(file.path());
      }
    }
    return names;
  }

  /** Stored, not compressed: the bytes then do not depend on the zlib of the JDK that packs. */
  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
