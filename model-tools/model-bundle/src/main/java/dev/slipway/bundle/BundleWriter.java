package dev.slipway.bundle;

import dev.slipway.bundle.BundleDirectory.Scope;
import dev.slipway.bundle.BundleProblem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a bundle: files first, manifest last, into a temporary directory that is then moved into
 * place, so that a bundle is there whole or not at all. Equal contents give equal bytes.
 *
 * <p>Confined to one thread.
 */
public final class BundleWriter {
  private sealed interface Source {
    record Bytes(ByteArray content) implements Source {}

    record Copy(Path file) implements Source {}
  }

  /** Keeps an array out of a record's components. */
  private static final class ByteArray {
    private final byte[] bytes;

    ByteArray(byte[] bytes) {
      this.bytes = bytes.clone();
    }
  }

  private final Map<String, Source> sources = new TreeMap<>();

  /**
   * Adds a file with the given content.
   *
   * @param path its path in the bundle
   * @param content its bytes
   * @return this writer
   */
  public BundleWriter add(String path, byte[] content) {
    put(path, new Source.Bytes(new ByteArray(content)));
    return this;
  }

  /**
   * Adds a copy of a file.
   *
   * @param path its path in the bundle
   * @param file the file to copy when the bundle is written
   * @return this writer
   */
  public BundleWriter add(String path, Path file) {
    put(path, new Source.Copy(file));
    return this;
  }

  /**
   * Writes the bundle.
   *
   * @param target the directory to make; when it already holds exactly this bundle, nothing changes
   * @param manifest the manifest; its list of files is replaced by the files added here
   * @return the written and checked bundle
   * @throws BundleException when {@code target} holds something else
   * @throws UncheckedIOException when a file cannot be read or written
   */
  public BundleDirectory write(Path target, Manifest manifest) {
    try {
      Path parent = target.toAbsolutePath().getParent();
      if (parent == null) {
        throw new IllegalArgumentException("a bundle cannot be the root directory");
      }
      Files.createDirectories(parent);
      Path temporary = Files.createTempDirectory(parent, ".bundle-");
      try {
        Digest digest = fill(temporary, manifest);
        if (Files.exists(target)) {
          return existing(target, digest);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        return BundleDirectory.verify(target, Scope.ALL, digest);
      } finally {
        FileTree.delete(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing the bundle " + target + " failed", e);
    }
  }

  private Digest fill(Path directory, Manifest manifest) throws IOException {
    List<BundleFile> files = new ArrayList<>();
    for (Map.Entry<String, Source> entry : sources.entrySet()) {
      Path file = directory.resolve(entry.getKey());
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      switch (entry.getValue()) {
        case Source.Bytes(ByteArray content) -> Files.write(file, content.bytes);
        case Source.Copy(Path source) -> Files.copy(source, file);
      }
      files.add(new BundleFile(entry.getKey(), Digest.ofFile(file), Files.size(file)));
    }
    byte[] bytes = ManifestWriter.write(manifest.withFiles(files));
    Files.write(directory.resolve(BundleFile.MANIFEST), bytes);
    return Digest.of(bytes);
  }

  private static BundleDirectory existing(Path target, Digest digest) {
    try {
      return BundleDirectory.verify(target, Scope.ALL, digest);
    } catch (BundleException e) {
      throw new BundleException(
          new BundleProblem(
              Code.BUNDLE_EXISTS,
              target
                  + " already exists and is not this bundle ("
                  + digest
                  + "): "
                  + e.getMessage()
                  + " Bundles are never overwritten; remove it or choose another directory."));
    }
  }

  private void put(String path, Source source) {
    BundleFile.checkPath(path);
    if (sources.put(path, source) != null) {
      throw new IllegalArgumentException("file " + path + " was added twice");
    }
  }
}
