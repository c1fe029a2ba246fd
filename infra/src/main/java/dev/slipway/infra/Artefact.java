package dev.slipway.infra;

/** The zips of the functions, made by {@code mvn package}; paths are relative to the repository. */
public enum Artefact {
  /** The handler that serves a model; the release controller publishes it, no template holds it. */
  INFERENCE("functions/inference/target/inference.zip", "dev.slipway.inference.InferenceHandler"),
  /** Answers 503 until a model is released; the code of every model's function in the template. */
  FALLBACK(
      "functions/fallback-responder/target/fallback-responder.zip",
      "dev.slipway.fallback.FallbackHandler"),
  /** Starts a run for each new object version. */
  INTAKE("functions/pipeline-tasks/target/pipeline-tasks.zip", "dev.slipway.tasks.IntakeHandler"),
  /** Ends every run with an entry in the ledger. */
  PROPOSE("functions/pipeline-tasks/target/pipeline-tasks.zip", "dev.slipway.tasks.ProposeHandler"),
  /** Moves releases forward and back. */
  RECONCILE(
      "functions/release-control/target/release-control.zip",
      "dev.slipway.control.ReconcileHandler");

  private final String path;
  private final String handler;

  Artefact(String path, String handler) {
    this.path = path;
    this.handler = handler;
  }

  /** {@return where the zip lies, relative to the repository's root} */
  public String path() {
    return path;
  }

  /** {@return the class that Lambda calls} */
  public String handler() {
    return handler;
  }
}
