package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Content;
import dev.slipway.release.Head;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import java.util.Optional;

/** The atomic steps of a worker: look, read the head and plan, act, append. */
final class WorkerSteps {
  private final Product product;
  private final Turns turns;
  private final Mutant mutant;
  private final int verified;
  private final int rejected;
  private final int passed;
  private final int shift;
  private final int oneShift;

  WorkerSteps(Product product, Turns turns, Mutant mutant) {
    this.product = product;
    this.turns = turns;
    this.mutant = mutant;
    verified = product.event(new ReleaseEvent.VerificationPassed());
    rejected = product.event(new ReleaseEvent.Rejected(Protocol.WHY));
    passed = product.event(new ReleaseEvent.Passed());
    shift = product.event(new ReleaseEvent.ShiftStarted(false, ""));
    oneShift = product.event(new ReleaseEvent.ShiftStarted(true, ""));
  }

  /** Names what one worker may do next, what helps most first. */
  void steps(State state, int index, Sink to) {
    int who = index + 1;
    Turn turn = turns.get(state.worker(index));
    switch (turn.phase()) {
      case IDLE -> look(state, index, to);
      case LOOKED -> plan(state, index, turn, to);
      case HEAD_READ -> planLate(state, index, turn, to);
      case PLANNED -> act(state, index, turn, to);
      case WROTE -> append(state, index, turn, product.step(turn.step()).event(), "confirms", to);
      case LATEST_WRITTEN -> publish(state, index, turn, to);
      case PUBLISHED -> record(state, index, turn, to);
      case FENCED -> delete(state, index, turn, to);
      case DELETED ->
          append(state, index, turn, product.step(turn.step()).event(), "records the deletion", to);
    }
    if (turn.phase() != Turn.Phase.IDLE) {
      to.take(who, "is killed", -1, state.with(index, turns.idle));
    }
  }

  private void look(State state, int index, Sink to) {
    if (mutant == Mutant.HEAD_READ_FIRST) {
      Turn read = Turn.readHead(state.head());
      to.take(index + 1, "reads the head", -1, state.with(index, turns.of(read)));
      return;
    }
    to.take(index + 1, "reads the alias", -1, state.with(index, turns.of(Turn.looked())));
    if (state.before() != state.alias()) {
      Turn stale = Turn.lookedAt(state.before());
      to.take(index + 1, "reads a stale alias", -1, state.with(index, turns.of(stale)));
    }
  }

  private void plan(State state, int index, Turn turn, Sink to) {
    int seen = turn.aliasFresh() ? state.alias() : turn.alias();
    looks(
        state,
        (unfit, late, when) ->
            decide(
                state, index, state.head(), true, seen, turn.aliasFresh(), unfit, late, when, to));
  }

  /** Only with {@link Mutant#HEAD_READ_FIRST}: the alias is read after the head. */
  private void planLate(State state, int index, Turn turn, Sink to) {
    looks(
        state,
        (unfit, late, when) -> {
          decide(
              state,
              index,
              turn.head(),
              turn.headFresh(),
              state.alias(),
              true,
              unfit,
              late,
              when,
              to);
          decide(
              state,
              index,
              turn.head(),
              turn.headFresh(),
              state.before(),
              state.before() == state.alias(),
              unfit,
              late,
              when,
              to);
        });
  }

  /** Takes one possible sight of alarms and clock. */
  private interface Sight {
    void take(int unfit, boolean late, String when);
  }

  private static void looks(State state, Sight sight) {
    sight.take(state.alarms(), false, "plans");
    sight.take(state.alarms(), true, "plans late");
    if (state.alarms() != 0) {
      sight.take(0, false, "misses the alarms and plans");
      sight.take(0, true, "misses the alarms and plans late");
    }
  }

  private void decide(
      State state,
      int index,
      int head,
      boolean headFresh,
      int seen,
      boolean aliasFresh,
      int unfit,
      boolean late,
      String when,
      Sink to) {
    int number = product.plan(head, seen, unfit, late);
    Step step = product.step(number);
    boolean futile = !headFresh && step.kind() == Step.Kind.WRITE && mutant != Mutant.NO_HEAD_GUARD;
    if (step.kind() == Step.Kind.REST || futile || (!aliasFresh && turns.isRefused(step))) {
      to.take(index + 1, when + ": nothing to do", -1, state.with(index, turns.idle));
      return;
    }
    Turn planned =
        new Turn(
            Turn.Phase.PLANNED,
            aliasFresh && writesAlias(step),
            headFresh,
            mutant == Mutant.CONFIRM_BY_READ ? seen : -1,
            step.kind() == Step.Kind.JUDGE ? unfit : 0,
            number,
            0,
            mutant.keepsStaleHeads() ? head : -1);
    to.take(index + 1, when, number, state.with(index, turns.of(planned)));
  }

  private boolean writesAlias(Step step) {
    return switch (step.kind()) {
      case MOVE, RESTORE, DELETE -> true;
      case PROBE -> mutant == Mutant.EFFECT_BEFORE_INTENT;
      case REST, WRITE, VERIFY, PUBLISH, JUDGE -> false;
    };
  }

  private void act(State state, int index, Turn turn, Sink to) {
    Step step = product.step(turn.step());
    switch (step.kind()) {
      case WRITE -> append(state, index, turn, step.event(), "appends", to);
      case MOVE -> move(state, index, turn, step, to);
      case RESTORE -> restore(state, index, turn, step, to);
      case VERIFY -> {
        append(state, index, turn, verified, "verifies", to);
        append(state, index, turn, rejected, "rejects", to);
      }
      case PUBLISH ->
          to.take(
              index + 1,
              "writes $LATEST",
              -1,
              (state.latest() ? state : state.withLatest(true))
                  .with(index, turns.of(turn.after(Turn.Phase.LATEST_WRITTEN, 0))));
      case PROBE -> probe(state, index, turn, to);
      case JUDGE -> judge(state, index, turn, to);
      case DELETE -> fence(state, index, turn, step, to);
      case REST -> throw new IllegalStateException("a worker does not plan to rest");
    }
  }

  private void probe(State state, int index, Turn turn, Sink to) {
    if (mutant == Mutant.EFFECT_BEFORE_INTENT && turn.aliasFresh()) {
      Release release = product.head(state.head()).active().orElseThrow();
      AliasContent split =
          AliasContent.split(
              release.baseline().orElseThrow(), release.candidate().orElseThrow(), 50);
      int alias = Product.alias(product.content(split), Product.UNWANTED);
      to.take(index + 1, "shifts without an entry", -1, written(state, alias));
    }
    append(state, index, turn, shift, "starts a shift", to);
    append(state, index, turn, oneShift, "starts one shift", to);
    append(state, index, turn, rejected, "rejects", to);
  }

  private void judge(State state, int index, Turn turn, Sink to) {
    append(state, index, turn, passed, "passes", to);
    int target = turn.headFresh() ? product.target(state.head(), turn.unfit()) : 0;
    if (target != 0) {
      int event = product.event(new ReleaseEvent.RollbackStarted(target, Protocol.WHY));
      append(state, index, turn, event, "rolls back", to);
    }
    if (mutant == Mutant.ANY_TARGET && turn.headFresh()) {
      Head head = product.head(state.head());
      int any = head.active().orElseThrow().candidate().orElseThrow();
      to.take(
          index + 1,
          "rolls back to version",
          any,
          moved(state, Mutations.rollingBack(head, any)).with(index, turns.idle));
    }
  }

  private void move(State state, int index, Turn turn, Step step, Sink to) {
    int wrote = turns.of(turn.after(Turn.Phase.WROTE, 0));
    boolean there =
        mutant == Mutant.CONFIRM_BY_READ && Product.contentOf(turn.alias()) == step.content();
    if (there) {
      to.take(index + 1, "sees the alias as it should be", -1, state.with(index, wrote));
    } else if (turn.aliasFresh() || mutant == Mutant.NO_REVISION) {
      // Nobody can confirm with a head that has moved on, but the write stands.
      int next = turn.headFresh() || mutant.keepsStaleHeads() ? wrote : turns.idle;
      int alias = Product.alias(step.content(), Product.OURS);
      to.take(index + 1, "writes the alias", turn.step(), written(state, alias).with(index, next));
    } else {
      to.take(index + 1, "is refused by the revision", -1, state.with(index, turns.idle));
    }
  }

  private void restore(State state, int index, Turn turn, Step step, Sink to) {
    if (mutant == Mutant.ADOPT_ANYTHING) {
      Head adopting =
          Mutations.adopting(product.head(state.head()), product.content(step.content()));
      to.take(
          index + 1,
          "adopts what it found",
          turn.step(),
          moved(state, adopting).with(index, turns.idle));
      return;
    }
    State next = appended(state, turn, step.event());
    if (next.equals(state)) {
      return;
    }
    int desired = product.facts(next.head()).desired();
    State put = turn.aliasFresh() ? written(next, Product.alias(desired, Product.OURS)) : next;
    to.take(index + 1, "puts the alias back", -1, put.with(index, turns.idle));
  }

  private void publish(State state, int index, Turn turn, Sink to) {
    if (!state.latest() && mutant != Mutant.PUBLISH_ANYTHING) {
      to.take(index + 1, "finds other code and starts again", -1, state.with(index, turns.idle));
      return;
    }
    int number = state.published() != 0 ? state.published() : nextVersion(state);
    State next = state.published() != 0 ? state : state.withVersion(number, state.latest());
    // Nobody can record with a head that has moved on: the version stays an orphan.
    boolean records = turn.headFresh() || mutant.keepsStaleHeads();
    int after = records ? turns.of(turn.after(Turn.Phase.PUBLISHED, number)) : turns.idle;
    to.take(index + 1, "publishes version", number, next.with(index, after));
  }

  private int nextVersion(State state) {
    int known = product.head(state.head()).versions().lastKey();
    int existing = 31 - Integer.numberOfLeadingZeros(state.exists());
    return Math.max(known, existing) + 1;
  }

  private void record(State state, int index, Turn turn, Sink to) {
    int head = turn.headFresh() ? state.head() : turn.head();
    String bundle = product.head(head).active().orElseThrow().proposal().bundleDigest();
    Content content = new Content("code", Optional.of(bundle), "config");
    int event = product.event(new ReleaseEvent.VersionRecorded(turn.version(), content));
    append(state, index, turn, event, "records the version", to);
  }

  private void fence(State state, int index, Turn turn, Step step, Sink to) {
    if (turn.aliasFresh()) {
      int alias = Product.alias(step.content(), Product.OURS);
      int fenced = turns.of(turn.after(Turn.Phase.FENCED, step.version()));
      to.take(index + 1, "fences", -1, written(state, alias).with(index, fenced));
    } else {
      to.take(index + 1, "is refused by the revision", -1, state.with(index, turns.idle));
    }
  }

  /** Lambda refuses while the alias routes there; only a foreign write can get so far. */
  private void delete(State state, int index, Turn turn, Sink to) {
    boolean foreign = Product.writerOf(state.alias()) == Product.FOREIGN;
    boolean serves = (product.serves(state.alias()) >> turn.version() & 1) == 1;
    if (foreign && serves) {
      to.take(index + 1, "may not delete", -1, state.with(index, turns.idle));
      return;
    }
    boolean records = turn.headFresh() || mutant.keepsStaleHeads();
    int deleted = records ? turns.of(turn.at(Turn.Phase.DELETED)) : turns.idle;
    to.take(
        index + 1,
        "deletes version",
        turn.version(),
        state.without(turn.version()).with(index, deleted));
  }

  private void append(State state, int index, Turn turn, int event, String what, Sink to) {
    State next = appended(state, turn, event);
    int detail = product.step(turn.step()).kind() == Step.Kind.WRITE ? turn.step() : -1;
    to.take(index + 1, what, detail, next.with(index, turns.idle));
  }

  /** The same state when somebody else was first, or when the rules refuse the event. */
  private State appended(State state, Turn turn, int event) {
    if (!turn.headFresh() && mutant == Mutant.RETIRE_ON_STALE_HEAD) {
      return product.event(event) instanceof ReleaseEvent.VersionRetired(int version, _)
          ? moved(state, Mutations.retired(product.head(state.head()), version))
          : state;
    }
    if (!turn.headFresh() && mutant != Mutant.NO_HEAD_GUARD) {
      return state;
    }
    int base = turn.headFresh() ? state.head() : turn.head();
    int next = product.apply(base, event);
    if (next == Product.REFUSED) {
      return state;
    }
    boolean claimed =
        mutant == Mutant.ADOPT_BY_READ
            && product.event(event) instanceof ReleaseEvent.ForeignAliasAdopted;
    State after =
        moved(state, claimed ? product.head(Mutations.claimed(product.head(next))) : next);
    return turn.headFresh() ? after : after.withLostEntry();
  }

  private State moved(State state, Head head) {
    return moved(state, product.head(head));
  }

  private State moved(State state, int head) {
    return state
        .withHead(head)
        .withWorkers(turns.headMoved(state.first()), turns.headMoved(state.second()));
  }

  private State written(State state, int alias) {
    int old = state.alias();
    return state
        .withAlias(alias)
        .withWorkers(turns.aliasMoved(state.first(), old), turns.aliasMoved(state.second(), old));
  }
}
