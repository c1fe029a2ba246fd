package dev.slipway.tasks.intake;

import dev.slipway.spec.ModelSpec;
import dev.slipway.tasks.run.ObjectStore;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.StepResult.Outcome;
import dev.slipway.tasks.run.TaskJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * One try at a run. A run that failed may be tried again; it is then described anew, by the
 * specification of now, once however often the event comes.
 *
 * @param execution name of the execution: an ended one's name cannot be used again
 * @param marker object that says that this try is described; empty: the description itself does
 * @param isDescribed whether it was described by an earlier event
 * @param replaces whether its description takes the place of an earlier one
 */
record Attempt(String execution, Optional<String> marker, boolean isDescribed, boolean replaces) {
  private static final int DIGITS = 8;

  static Attempt first(RunFiles run) {
    return new Attempt(run.runId(), Optional.empty(), false, false);
  }

  /**
   * {@return the try that an event is about; empty when nothing is known of the run}
   *
   * @param restart whether nothing can be running
   */
  static Optional<Attempt> of(ObjectStore objects, RunFiles run, boolean restart) {
    if (objects.read(run.registry(), run.description()).isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> failure =
        objects
            .read(run.registry(), run.result("propose"))
            .filter(
                bytes -> StepResult.read(bytes, run.result("propose")).outcome() == Outcome.FAILED);
    if (failure.isEmpty()) {
      return Optional.of(new Attempt(run.runId(), Optional.empty(), !restart, restart));
    }
    // A name that follows from the failure: the same event after the same failure is the same try.
    String digits = UUID.nameUUIDFromBytes(failure.get()).toString().substring(0, DIGITS);
    String marker = run.key("again-" + digits + ".json");
    boolean described = objects.read(run.registry(), marker).isPresent();
    return Optional.of(
        new Attempt(run.runId() + "-" + digits, Optional.of(marker), described, true));
  }

  /** Describes the run; the marker last, because it says that all is written. */
  void describe(ObjectStore objects, RunFiles run, byte[] description) {
    if (replaces) {
      objects.put(run.registry(), run.description(), description, "application/json");
    } else {
      objects.putIfAbsent(run.registry(), run.description(), description);
    }
    byte[] name =
        TaskJson.object().put("execution", execution).toString().getBytes(StandardCharsets.UTF_8);
    marker.ifPresent(key -> objects.putIfAbsent(run.registry(), key, name));
  }

  /** {@return for people, that a run goes again; empty at the first try} */
  Optional<String> note(ObjectStore objects, RunFiles run, ModelSpec spec) {
    return objects
        .read(run.registry(), run.description())
        .map(bytes -> TaskJson.read(bytes, run.uri()).path("spec"))
        .map(before ->
            before.equals(TaskJson.read(spec.toJson(), "the specification"))
                ? "started again with the same specification"
                : "started again with the specification of now; it has changed since");
  }
}
