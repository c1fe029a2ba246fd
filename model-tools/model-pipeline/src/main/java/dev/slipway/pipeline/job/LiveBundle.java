package dev.slipway.pipeline.job;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleException;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The bundle that serves while a run goes on, to compare with. */
final class LiveBundle {
  private LiveBundle() {}

  /** The live bundle's served files; empty when there is none, or when it is not whole. */
  static Optional<BundleDirectory> of(RunDescription run, JobContext context) {
    return run.liveBundle().flatMap(digest -> fetch(run, digest, context));
  }

  private static Optional<BundleDirectory> fetch(
      RunDescription run, String digest, JobContext context) {
    String prefix = "bundles/%s/%s/".formatted(run.model(), digest);
    Path folder = context.work().resolve("live");
    try {
      Files.createDirectories(folder);
      Path manifest = folder.resolve(BundleFile.MANIFEST);
      if (!context
          .store()
          .download(run.registry(), prefix + BundleFile.MANIFEST, Optional.empty(), manifest)) {
        return Optional.empty();
      }
      for (BundleFile file : ManifestReader.read(Files.readAllBytes(manifest)).files()) {
        context
            .store()
            .download(
                run.registry(),
                prefix + file.path(),
                Optional.empty(),
                folder.resolve(file.path()));
      }
      return Optional.of(BundleDirectory.verify(folder, BundleDirectory.Scope.ALL));
    } catch (BundleException damaged) {
      // Without a whole live bundle there is nothing to compare with; the gate says so.
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading the live bundle failed", unreadable);
    }
  }
}
