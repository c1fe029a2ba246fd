package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One release in flight, or the last one that ended.
 *
 * @param proposal what was asked
 * @param state where it stands
 * @param candidate the version made for it, from PUBLISHED on
 * @param baseline the version that served when it started
 * @param target where a rollback goes
 * @param replayGated whether too little traffic is expected for a canary: golden requests, one
 *     shift, one watch
 * @param evidenceFrom when counters of the present step begin to count
 * @param deadline when the present state ends by {@link Deadlines}
 * @param settings steps and times, fixed when it started
 * @param actor who proposed it
 * @param reasons why it ended or is rolling back; empty while it goes well
 */
public record Release(
    Proposal proposal,
    ReleaseState state,
    OptionalInt candidate,
    OptionalInt baseline,
    OptionalInt target,
    boolean replayGated,
    Optional<Instant> evidenceFrom,
    Instant deadline,
    ReleaseSettings settings,
    String actor,
    List<Reason> reasons) {
  /** Copies the reasons. */
  public Release {
    reasons = List.copyOf(reasons);
  }

  /** {@return the unique name} */
  public String id() {
    return proposal.id();
  }

  Release in(ReleaseState next, Instant at) {
    return new Release(
        proposal,
        next,
        candidate,
        baseline,
        target,
        replayGated,
        evidenceFrom,
        Deadlines.of(next, settings).map(at::plus).orElse(at),
        settings,
        actor,
        reasons);
  }

  Release startedFrom(OptionalInt stable, ReleaseSettings chosen) {
    return new Release(
        proposal,
        state,
        candidate,
        stable,
        target,
        replayGated,
        evidenceFrom,
        deadline,
        chosen,
        actor,
        reasons);
  }

  Release withCandidate(int version) {
    return new Release(
        proposal,
        state,
        OptionalInt.of(version),
        baseline,
        target,
        replayGated,
        evidenceFrom,
        deadline,
        settings,
        actor,
        reasons);
  }

  Release withTarget(int version) {
    return new Release(
        proposal,
        state,
        candidate,
        baseline,
        OptionalInt.of(version),
        replayGated,
        evidenceFrom,
        deadline,
        settings,
        actor,
        reasons);
  }

  Release gated(boolean byReplay) {
    return new Release(
        proposal,
        state,
        candidate,
        baseline,
        target,
        byReplay,
        evidenceFrom,
        deadline,
        settings,
        actor,
        reasons);
  }

  Release countingFrom(Instant from) {
    return new Release(
        proposal,
        state,
        candidate,
        baseline,
        target,
        replayGated,
        Optional.of(from),
        deadline,
        settings,
        actor,
        reasons);
  }

  Release because(List<Reason> why) {
    return new Release(
        proposal,
        state,
        candidate,
        baseline,
        target,
        replayGated,
        evidenceFrom,
        deadline,
        settings,
        actor,
        why);
  }
}
