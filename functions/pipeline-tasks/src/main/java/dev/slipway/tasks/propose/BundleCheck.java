package dev.slipway.tasks.propose;

import dev.slipway.bundle.BundleException;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Digest;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.ManifestReader;
import dev.slipway.release.Reason;
import dev.slipway.tasks.run.ObjectStore;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.StoredObject;
import dev.slipway.tasks.run.TaskException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Checks what is about to be signed: the manifest is the one that the packaging job named, it is of
 * this model and made of this run's data, and every file is as the manifest says. Files are read as
 * streams; a model may be larger than the function's memory.
 */
final class BundleCheck {
  private final ObjectStore objects;
  private final RunFiles run;
  private final RunSource source;
  private final String digest;

  BundleCheck(ObjectStore objects, RunFiles run, RunSource source, String digest) {
    this.objects = objects;
    this.run = run;
    this.source = source;
    this.digest = digest;
  }

  /** {@return every problem; empty when the bundle may be signed} */
  List<Reason> problems() {
    Optional<byte[]> bytes = objects.read(run.registry(), run.bundle(digest, BundleFile.MANIFEST));
    if (bytes.isEmpty()) {
      return List.of(missing(BundleFile.MANIFEST));
    }
    String found = Digest.of(bytes.get()).hex();
    if (!found.equals(digest)) {
      return List.of(mismatch(BundleFile.MANIFEST, digest, found));
    }
    try {
      Manifest manifest = ManifestReader.read(bytes.get());
      List<Reason> problems = new ArrayList<>(origin(manifest));
      manifest.files().forEach(file -> file(file).ifPresent(problems::add));
      if (describe(BundleFile.LAYER).isEmpty()) {
        problems.add(missing(BundleFile.LAYER));
      }
      return problems;
    } catch (BundleException wrong) {
      return List.of(new Reason("BUNDLE_MANIFEST_INVALID", String.valueOf(wrong.getMessage())));
    }
  }

  private List<Reason> origin(Manifest manifest) {
    String madeOf = manifest.lineage().datasetKey() + " " + manifest.lineage().datasetVersionId();
    String expected = source.key() + " " + source.age().versionId();
    boolean ours =
        manifest.model().equals(run.model())
            && manifest.lineage().datasetBucket().equals(source.bucket())
            && madeOf.equals(expected);
    return ours
        ? List.of()
        : List.of(
            new Reason(
                "BUNDLE_FOREIGN",
                "expected a bundle of %s made of %s, found one of %s made of %s"
                    .formatted(run.model(), expected, manifest.model(), madeOf)));
  }

  private Optional<Reason> file(BundleFile file) {
    Optional<StoredObject> object = describe(file.path());
    Optional<InputStream> opened = object.flatMap(objects::open);
    if (opened.isEmpty()) {
      return Optional.of(missing(file.path()));
    }
    long size = object.map(StoredObject::size).orElse(0L);
    try (InputStream bytes = opened.get()) {
      String found = size == file.size() ? sha256(bytes) : size + " bytes";
      String expected = size == file.size() ? file.sha256().hex() : file.size() + " bytes";
      return found.equals(expected)
          ? Optional.empty()
          : Optional.of(mismatch(file.path(), expected, found));
    } catch (IOException broken) {
      throw new TaskException(
          "OBJECT_UNREADABLE: reading %s of bundle %s ended early: %s"
              .formatted(file.path(), digest, broken.getMessage()),
          broken);
    }
  }

  private static String sha256(InputStream bytes) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream digesting = new DigestInputStream(bytes, sha256)) {
        digesting.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private Optional<StoredObject> describe(String file) {
    return objects.describe(run.registry(), run.bundle(digest, file), Optional.empty());
  }

  private Reason missing(String file) {
    return new Reason(
        "BUNDLE_INCOMPLETE",
        "the packaging job named bundle %s, which has no %s".formatted(digest, file));
  }

  private Reason mismatch(String file, String expected, String found) {
    return new Reason(
        "BUNDLE_DIGEST_MISMATCH",
        "expected %s of bundle %s to be %s, found %s; it changed after packing"
            .formatted(file, digest, expected, found));
  }
}
