package dev.slipway.cli.aws;

import java.util.List;
import java.util.Optional;

/**
 * One pipeline run as its objects in the registry tell it.
 *
 * @param runId the run, first 32 hex digits of the digest of the object version it trains on
 * @param createdAt when intake took it up, ISO 8601
 * @param steps the steps seen so far, in the order of the flow
 */
public record RunStatus(String runId, String createdAt, List<Step> steps) {
  public RunStatus {
    steps = List.copyOf(steps);
  }

  /**
   * One step of a run.
   *
   * @param outcome RUNNING, DONE, REFUSED or FAILED
   * @param percent how far a running step says it is, 0 to 100
   * @param reasons why it was refused or failed
   */
  public record Step(
      String name,
      String outcome,
      Optional<Integer> percent,
      String message,
      List<String> reasons) {
    public Step {
      reasons = List.copyOf(reasons);
    }

    boolean ended() {
      return !outcome.equals("RUNNING");
    }

    boolean failed() {
      return outcome.equals("REFUSED") || outcome.equals("FAILED");
    }
  }

  /** {@return whether nothing more will happen in this run before the release begins} */
  public boolean ended() {
    return failure().isPresent()
        || steps.stream().anyMatch(step -> step.name().equals("propose") && step.ended());
  }

  /** {@return the first step that was refused or failed} */
  public Optional<Step> failure() {
    return steps.stream().filter(Step::failed).findFirst();
  }
}
