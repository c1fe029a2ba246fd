package dev.slipway.pipeline.job;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.pipeline.ObjectStore;
import java.nio.file.Path;

/** Where bundles lie in the registry. */
final class Registry {
  private Registry() {}

  /** Puts a bundle there. The manifest goes last: a bundle whose manifest is there is whole. */
  static void publish(RunDescription run, ObjectStore store, BundleDirectory bundle, Path layer) {
    String prefix = "bundles/%s/%s/".formatted(run.model(), bundle.digest().hex());
    for (BundleFile file : bundle.manifest().files()) {
      store.upload(run.registry(), prefix + file.path(), bundle.file(file.path()));
    }
    store.upload(run.registry(), prefix + BundleFile.LAYER, layer);
    store.upload(
        run.registry(), prefix + BundleFile.MANIFEST, bundle.path().resolve(BundleFile.MANIFEST));
  }
}
