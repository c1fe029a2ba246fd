package dev.slipway.inference.testing;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.runtime.testing.SampleBundle;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bundle on disk and the environment in which Lambda would start the function. */
public record Deployment(BundleDirectory bundle, Map<String, String> environment) {
  public Deployment {
    environment = Map.copyOf(environment);
  }

  /** {@return a sample bundle as version 7, below a directory that stands for {@code /opt}} */
  public static Deployment of(SampleBundle sample, Path opt) {
    return of(sample.write(opt.resolve("bundle")), opt);
  }

  /** {@return a bundle as version 7} */
  public static Deployment of(BundleDirectory bundle, Path opt) {
    return new Deployment(
        bundle,
        Map.of(
            "SLIPWAY_MODEL",
            bundle.manifest().model(),
            "SLIPWAY_BUNDLE_DIGEST",
            bundle.digest().hex(),
            "SLIPWAY_OPT_ROOT",
            opt.toString(),
            "SLIPWAY_LATENCY_BUDGET_MILLIS",
            "250",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "7",
            "ORT_DISABLE_TELEMETRY",
            "1"));
  }

  /** {@return this deployment with another setting} */
  public Deployment with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(environment);
    changed.put(name, value);
    return new Deployment(bundle, changed);
  }

  /** {@return what replies say as {@code model_version}} */
  public String version() {
    return "7-" + bundle.digest().shortForm();
  }
}
