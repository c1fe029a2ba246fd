package dev.slipway.bundle;

import dev.slipway.bundle.BundleProblem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A bundle on disk whose every file has been checked against its manifest.
 *
 * @param path the directory
 * @param manifest what the bundle is
 * @param digest the digest of the manifest's bytes: the bundle's identity
 */
public record BundleDirectory(Path path, Manifest manifest, Digest digest) {
  /** Which files must be there. */
  public enum Scope {
    /** Every file; {@code manifest.sig} and {@code layer.zip} may lie beside them. */
    ALL,
    /** The manifest and the files that serving needs, as in a layer; the others may be absent. */
    SERVED
  }

  /**
   * Opens a bundle and checks that every file is there with its size and digest, and no other.
   *
   * @param directory the bundle
   * @param scope which files must be there
   * @return the checked bundle
   * @throws BundleException with every problem found
   * @throws UncheckedIOException when a file that is there cannot be read
   */
  public static BundleDirectory verify(Path directory, Scope scope) {
    byte[] manifestBytes = readManifest(directory);
    Manifest manifest = ManifestReader.read(manifestBytes);
    List<BundleProblem> problems = new ArrayList<>();
    TreeSet<String> present = new TreeSet<>();
    list(directory, "", present);
    present.remove(BundleFile.MANIFEST);
    if (scope == Scope.ALL) {
      present.remove(BundleFile.SIGNATURE);
      present.remove(BundleFile.LAYER);
    }
    for (BundleFile file : manifest.files()) {
      boolean there = present.remove(file.path());
      if (there) {
        check(directory, file, problems);
      } else if (scope == Scope.ALL || file.isServed()) {
        problems.add(missing(directory, file.path()));
      }
    }
    for (String extra : present) {
      problems.add(
          new BundleProblem(
              Code.BUNDLE_FILE_EXTRA,
              extra
                  + " in "
                  + directory
                  + " is not in the manifest; a bundle holds exactly the files"
                  + " that its manifest names. Remove it, or pack the bundle again."));
    }
    if (!problems.isEmpty()) {
      throw new BundleException(problems);
    }
    return new BundleDirectory(directory, manifest, Digest.of(manifestBytes));
  }

  /**
   * Opens a bundle as {@link #verify(Path, Scope)} does and checks that it is the expected one.
   *
   * @param directory the bundle
   * @param scope which files must be there
   * @param expected the digest of the manifest that is wanted
   * @return the checked bundle
   * @throws BundleException when the manifest is another one (nothing else is read then), or with
   *     every problem found
   */
  public static BundleDirectory verify(Path directory, Scope scope, Digest expected) {
    Digest found = Digest.of(readManifest(directory));
    if (!found.equals(expected)) {
      throw new BundleException(
          new BundleProblem(
              Code.BUNDLE_DIGEST_MISMATCH,
              "the manifest in "
                  + directory
                  + " has "
                  + found
                  + ", expected "
                  + expected
                  + ". The bundle is not the one that was released. Release it again; if this repeats,"
                  + " somebody changed the layer or the setting."));
    }
    return verify(directory, scope);
  }

  /**
   * {@return the path of one file of the bundle}
   *
   * @param name a path of the manifest, for example {@link BundleFile#MODEL}
   */
  public Path file(String name) {
    return path.resolve(name);
  }

  private static byte[] readManifest(Path directory) {
    Path file = directory.resolve(BundleFile.MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new BundleException(missing(directory, BundleFile.MANIFEST));
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file + " failed", e);
    }
  }

  private static void check(Path directory, BundleFile file, List<BundleProblem> problems) {
    Path path = directory.resolve(file.path());
    try {
      long size = Files.size(path);
      if (size != file.size()) {
        problems.add(
            new BundleProblem(
                Code.BUNDLE_SIZE_MISMATCH,
                file.path()
                    + " in "
                    + directory
                    + " has "
                    + size
                    + " bytes, manifest says "
                    + file.size()
                    + changed()));
        return;
      }
      Digest digest = Digest.ofFile(path);
      if (!digest.equals(file.sha256())) {
        problems.add(
            new BundleProblem(
                Code.BUNDLE_DIGEST_MISMATCH,
                file.path()
                    + " in "
                    + directory
                    + " has "
                    + digest
                    + ", manifest says "
                    + file.sha256()
                    + changed()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + path + " failed", e);
    }
  }

  private static String changed() {
    return ". The file changed after packing. Pack the bundle again, or fetch it again.";
  }

  private static BundleProblem missing(Path directory, String name) {
    return new BundleProblem(
        Code.BUNDLE_FILE_MISSING,
        name
            + " is not a file in "
            + directory
            + "; expected a bundle as `slipway pack` writes it. Pack it again, or fetch it again.");
  }

  /** Adds every entry that is not a directory; links count as entries, never as what they name. */
  private static void list(Path directory, String prefix, TreeSet<String> names) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = prefix + entry.getFileName();
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          list(entry, name + "/", names);
        } else {
          names.add(name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + directory + " failed", e);
    }
  }
}
