package dev.slipway.functions;

/** The names of the environment variables that functions read and {@code infra} sets. */
public final class SettingNames {
  /** The model's name; set by the model's stack in the wish. */
  public static final String MODEL = "SLIPWAY_MODEL";

  /** The digest of the bundle that a version serves; added by the release controller. */
  public static final String BUNDLE_DIGEST = "SLIPWAY_BUNDLE_DIGEST";

  /**
   * Where layers are unpacked; {@value #OPT_ROOT_DEFAULT} when unset, as on AWS. The local executor
   * sets it.
   */
  public static final String OPT_ROOT = "SLIPWAY_OPT_ROOT";

  /** Where Lambda unpacks layers. */
  public static final String OPT_ROOT_DEFAULT = "/opt";

  /** A warm request that takes longer than this many milliseconds is counted as slow. */
  public static final String LATENCY_BUDGET_MILLIS = "SLIPWAY_LATENCY_BUDGET_MILLIS";

  /** Must be {@code 1}: ONNX Runtime's Linux builds send telemetry unless told not to. */
  public static final String ORT_DISABLE_TELEMETRY = "ORT_DISABLE_TELEMETRY";

  /** The registry bucket; read by the pipeline tasks and the release controller. */
  public static final String REGISTRY_BUCKET = "SLIPWAY_REGISTRY_BUCKET";

  /** The ledger bucket; read by the pipeline tasks and the release controller. */
  public static final String LEDGER_BUCKET = "SLIPWAY_LEDGER_BUCKET";

  /** The datasets bucket; read by intake. */
  public static final String DATASETS_BUCKET = "SLIPWAY_DATASETS_BUCKET";

  /** The prefix of names in AWS, {@code slipway} by default. */
  public static final String PREFIX = "SLIPWAY_PREFIX";

  /** The id or alias of the KMS key that signs manifests. */
  public static final String SIGNING_KEY = "SLIPWAY_SIGNING_KEY";

  /** The ARN of the state machine that drives a release. */
  public static final String RELEASE_STATE_MACHINE_ARN = "SLIPWAY_RELEASE_STATE_MACHINE_ARN";

  /** The ARN of the topic that reaches people. */
  public static final String PAGES_TOPIC_ARN = "SLIPWAY_PAGES_TOPIC_ARN";

  /** Set by Lambda: the function's version, {@code $LATEST} or a number. */
  public static final String LAMBDA_VERSION = "AWS_LAMBDA_FUNCTION_VERSION";

  /** Set by Lambda: the function's memory in MiB. */
  public static final String LAMBDA_MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

  /** Set by Lambda: the directory of the unpacked code. */
  public static final String LAMBDA_TASK_ROOT = "LAMBDA_TASK_ROOT";

  private SettingNames() {}
}
