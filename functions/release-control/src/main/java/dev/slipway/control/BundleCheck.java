package dev.slipway.control;

import dev.slipway.bundle.BundleException;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Digest;
import dev.slipway.bundle.LayerZip;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.ManifestReader;
import dev.slipway.control.port.BundleStore;
import dev.slipway.release.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Checks a bundle in the registry: the manifest has the digest that was proposed and our signature,
 * and the layer holds exactly the manifest and the files it names.
 */
final class BundleCheck {
  private final BundleStore bundles;

  BundleCheck(BundleStore bundles) {
    this.bundles = bundles;
  }

  /** {@return every problem; empty when the bundle may be served} */
  List<Reason> problems(String model, String digest) {
    Optional<byte[]> manifest = bundles.read(model, digest, BundleFile.MANIFEST);
    if (manifest.isEmpty()) {
      return List.of(missing(model, digest, BundleFile.MANIFEST));
    }
    String found = Digest.of(manifest.get()).hex();
    if (!found.equals(digest)) {
      return List.of(
          new Reason(
              "BUNDLE_DIGEST_MISMATCH",
              "manifest.json of bundle " + digest + " has digest " + found + "; it was changed"));
    }
    List<Reason> problems = new ArrayList<>();
    signature(model, digest, manifest.get()).ifPresent(problems::add);
    problems.addAll(layer(model, digest, manifest.get()));
    return problems;
  }

  private Optional<Reason> signature(String model, String digest, byte[] manifest) {
    Optional<byte[]> signature = bundles.read(model, digest, BundleFile.SIGNATURE);
    if (signature.isEmpty()) {
      return Optional.of(missing(model, digest, BundleFile.SIGNATURE));
    }
    return bundles.isSigned(manifest, signature.get())
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "SIGNATURE_INVALID",
                "manifest.sig of bundle " + digest + " was not made by our key for this manifest"));
  }

  private List<Reason> layer(String model, String digest, byte[] manifestBytes) {
    Optional<InputStream> layer = bundles.open(model, digest, BundleFile.LAYER);
    if (layer.isEmpty()) {
      return List.of(missing(model, digest, BundleFile.LAYER));
    }
    try (InputStream bytes = layer.get()) {
      Map<String, String> expected = expected(ManifestReader.read(manifestBytes), digest);
      Map<String, String> found = entries(bytes);
      return expected.equals(found)
          ? List.of()
          : List.of(
              new Reason(
                  "LAYER_MISMATCH",
                  "layer.zip of bundle "
                      + digest
                      + " holds "
                      + found
                      + ", the manifest asks for "
                      + expected));
    } catch (BundleException invalid) {
      return List.of(new Reason("MANIFEST_INVALID", String.valueOf(invalid.getMessage())));
    } catch (IOException broken) {
      return List.of(
          new Reason("LAYER_UNREADABLE", "layer.zip of bundle " + digest + ": " + broken));
    }
  }

  private static Map<String, String> expected(Manifest manifest, String digest) {
    Map<String, String> files = new TreeMap<>();
    files.put(LayerZip.FOLDER + BundleFile.MANIFEST, digest);
    manifest.files().stream()
        .filter(BundleFile::isServed)
        .forEach(file -> files.put(LayerZip.FOLDER + file.path(), file.sha256().hex()));
    return files;
  }

  private static Map<String, String> entries(InputStream bytes) throws IOException {
    Map<String, String> files = new TreeMap<>();
    ZipInputStream zip = new ZipInputStream(bytes);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!entry.isDirectory()) {
        files.merge(entry.getName(), digest(zip), (first, second) -> first + "+" + second);
      }
    }
    return files;
  }

  private static String digest(InputStream bytes) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      // Not closed: that would close the archive.
      new DigestInputStream(bytes, sha256).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }

  private static Reason missing(String model, String digest, String file) {
    return new Reason(
        "BUNDLE_FILE_MISSING", file + " of bundle " + digest + " of " + model + " is not there");
  }
}
