package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.Plan;
import dev.slipway.release.View;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One worker between two of its steps.
 *
 * @param phase what it has done of its turn
 * @param view what it saw of the world
 * @param aliasFresh whether nobody has written the alias since it read it
 * @param headFresh whether nobody has appended since it read the head
 * @param head the head it read
 * @param plan what it is about to do
 * @param content what it writes to the alias
 * @param version the version it published or deletes
 */
// Only within one run: nothing is stored.
@SuppressWarnings("EnumOrdinal")
record Worker(
    Phase phase,
    Optional<View> view,
    boolean aliasFresh,
    boolean headFresh,
    Optional<Head> head,
    Optional<Plan> plan,
    Optional<AliasContent> content,
    OptionalInt version) {
  /** The steps of a turn. */
  enum Phase {
    IDLE,
    LOOKED,
    HEAD_READ,
    PLANNED,
    WROTE,
    LATEST_WRITTEN,
    PUBLISHED,
    FENCED,
    DELETED
  }

  static final Worker IDLE =
      new Worker(
          Phase.IDLE,
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty());

  Worker looked(View seen, boolean fresh) {
    return new Worker(Phase.LOOKED, Optional.of(seen), fresh, false, head, plan, content, version);
  }

  Worker readHead(Head read) {
    return new Worker(
        Phase.HEAD_READ, view, aliasFresh, true, Optional.of(read), plan, content, version);
  }

  Worker planned(Head read, boolean fresh, Plan next) {
    return new Worker(
        Phase.PLANNED,
        view,
        aliasFresh,
        fresh,
        Optional.of(read),
        Optional.of(next),
        content,
        version);
  }

  Worker at(Phase next) {
    return new Worker(next, view, aliasFresh, headFresh, head, plan, content, version);
  }

  Worker with(int number) {
    return new Worker(
        phase, view, aliasFresh, headFresh, head, plan, content, OptionalInt.of(number));
  }

  Worker aliasMoved() {
    return phase == Phase.IDLE
        ? this
        : new Worker(phase, view, false, headFresh, head, plan, content, version);
  }

  Worker headMoved() {
    return phase == Phase.IDLE
        ? this
        : new Worker(phase, view, aliasFresh, false, head, plan, content, version);
  }

  /** What decides its future, for comparing states. */
  long fingerprint() {
    if (phase == Phase.IDLE) {
      return 0;
    }
    boolean undecided = phase == Phase.LOOKED || phase == Phase.HEAD_READ;
    long seen = undecided ? view.map(Fingerprint::of).orElse(0L) : 0;
    long read = phase == Phase.HEAD_READ ? head.map(Fingerprint::of).orElse(0L) : 0;
    long written =
        head.filter(found -> plan.isPresent())
            .flatMap(Head::desired)
            .map(Fingerprint::of)
            .orElse(0L);
    return Fingerprint.of(
        phase.ordinal(),
        seen,
        Fingerprint.of(aliasFresh),
        Fingerprint.of(headFresh),
        read,
        plan.map(Fingerprint::of).orElse(0L),
        written,
        Fingerprint.of(version));
  }
}
