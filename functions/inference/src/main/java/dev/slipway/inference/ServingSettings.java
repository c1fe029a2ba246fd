package dev.slipway.inference;

import dev.slipway.bundle.Digest;
import dev.slipway.functions.SettingNames;
import dev.slipway.functions.Settings;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one function version is to serve, from its environment.
 *
 * @param model the model's name
 * @param bundle the directory with the bundle
 * @param digest the digest of the bundle that was released with this version
 * @param libraries the directory with ONNX Runtime's native libraries; may be absent
 * @param lambdaVersion the function's version, {@code $LATEST} or a number
 * @param budgetMillis a warm request that takes longer counts as slow
 */
record ServingSettings(
    String model,
    Path bundle,
    Digest digest,
    Path libraries,
    String lambdaVersion,
    long budgetMillis) {
  private static final long DEFAULT_BUDGET_MILLIS = 250;

  /** The longest that a gateway waits (API Gateway quotas, integration timeout). */
  private static final long MAX_BUDGET_MILLIS = 29_000;

  /**
   * {@return the settings}
   *
   * @param environment the process's environment
   * @throws dev.slipway.functions.SettingsException with everything that is wrong
   */
  static ServingSettings of(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    String model = settings.required(SettingNames.MODEL, "the model's name, set by its stack");
    String digest =
        settings.required(
            SettingNames.BUNDLE_DIGEST,
            "the SHA-256 of the bundle's manifest, set by the release controller");
    if (!digest.isEmpty() && !digest.matches("[0-9a-f]{64}")) {
      settings.note(
          SettingNames.BUNDLE_DIGEST,
          "is \"" + digest + "\"; expected 64 lower-case hexadecimal digits");
    }
    String root = settings.optional(SettingNames.OPT_ROOT, SettingNames.OPT_ROOT_DEFAULT);
    String task = settings.optional(SettingNames.LAMBDA_TASK_ROOT, "/var/task");
    String version = settings.optional(SettingNames.LAMBDA_VERSION, "$LATEST");
    long budget =
        settings.number(
            SettingNames.LATENCY_BUDGET_MILLIS, DEFAULT_BUDGET_MILLIS, 1, MAX_BUDGET_MILLIS);
    settings.check();
    return new ServingSettings(
        model,
        Path.of(root, "bundle"),
        new Digest(digest),
        Path.of(task, "native"),
        version,
        budget);
  }
}
