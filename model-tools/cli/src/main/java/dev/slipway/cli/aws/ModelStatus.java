package dev.slipway.cli.aws;

import dev.slipway.cli.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One deployed model: where it answers, what serves, what is under way. */
public record ModelStatus(ModelAddress address, LedgerView ledger, Optional<RunStatus> run) {
  /** {@return the status of {@code model} on the local AWS} */
  public static ModelStatus read(
      Workspace workspace,
      AwsClients clients,
      Map<String, Map<String, String>> outputs,
      String model) {
    JsonObjects registry =
        new JsonObjects(clients.s3(), Stacks.baseOutput(outputs, "RegistryBucket"));
    return new ModelStatus(
        ModelAddress.local(workspace, clients, outputs, model),
        LedgerView.read(clients, outputs, model),
        new Runs(registry).latest(model));
  }

  /** {@return whether a run or a release is under way} */
  public boolean busy() {
    return ledger.busy() || run.map(found -> !found.ended()).orElse(false);
  }

  /** {@return where the model stands, in one word for scripts} */
  public String state() {
    if (ledger.active().isPresent()) {
      return ledger.active().get().state().label();
    }
    if (run.map(found -> !found.ended()).orElse(false)) {
      return "RUNNING";
    }
    return ledger.liveBundle().isPresent() ? "LIVE" : "FALLBACK";
  }

  /** {@return the form that {@code status --json} prints} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", address.model());
    json.put("url", address.url());
    json.put("headers", address.headers());
    json.put("dataset", address.dataset());
    json.put("version", ledger.liveName().orElse(""));
    json.put("digest", ledger.liveBundle().orElse(""));
    json.put("state", state());
    run.ifPresent(found -> json.put("run", run(found)));
    ledger.line().ifPresent(line -> json.put("release", line));
    return json;
  }

  private static Map<String, Object> run(RunStatus run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", run.runId());
    json.put("startedAt", run.createdAt());
    json.put("ended", run.ended());
    json.put(
        "outcome",
        run.failure().map(RunStatus.Step::outcome).orElse(run.ended() ? "DONE" : "RUNNING"));
    json.put("steps", run.steps().stream().map(ModelStatus::step).toList());
    return json;
  }

  private static Map<String, Object> step(RunStatus.Step step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.name());
    json.put("outcome", step.outcome());
    step.percent().ifPresent(percent -> json.put("percent", percent));
    if (!step.message().isEmpty()) {
      json.put("message", step.message());
    }
    if (!step.reasons().isEmpty()) {
      json.put("reasons", step.reasons());
    }
    return json;
  }
}
