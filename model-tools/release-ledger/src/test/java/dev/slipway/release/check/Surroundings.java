package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.Mode;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.VersionStatus;
import java.util.Optional;
import java.util.OptionalInt;

/** What comes from outside: models, people, alarms, deployments, foreign alias writes. */
final class Surroundings {
  private final Product product;
  private final Turns turns;
  private final Mutant mutant;

  Surroundings(Product product, Turns turns, Mutant mutant) {
    this.product = product;
    this.turns = turns;
    this.mutant = mutant;
  }

  void steps(State state, Sink to) {
    State.Budget left = state.budget();
    if (left.arrivals() > 0) {
      arrival(state, left, to);
    }
    if (left.people() > 0) {
      people(state, left.lessPeople(), to);
    }
    if (left.alarms() > 0) {
      alarms(state, left.lessAlarms(), to);
    }
    if (left.deploys() > 0 && state.latest()) {
      to.take(0, "cdk deploy", -1, state.withLatest(false).with(left.lessDeploys()));
    }
    if (left.foreign() > 0) {
      foreign(state, left.lessForeign(), to);
    }
    if (mutant == Mutant.RETIRE_ALL_BUT_NEWEST) {
      retire(state, to);
    }
  }

  private void arrival(State state, State.Budget left, Sink to) {
    State from = state;
    if (mutant == Mutant.SUPERSEDE_WITH_TRAFFIC) {
      from = state.withHead(product.head(Mutations.superseded(product.head(state.head()))));
    }
    append(
        from,
        left.lessArrivals(),
        Protocol.arrival(left.arrivals()),
        "a new model arrives",
        -1,
        to);
  }

  private void people(State state, State.Budget less, Sink to) {
    Head head = product.head(state.head());
    int target = product.target(state.head(), state.alarms());
    OptionalInt best = target == 0 ? OptionalInt.empty() : OptionalInt.of(target);
    append(state, less, new ReleaseEvent.Paused(""), "pause", -1, to);
    append(state, less, new ReleaseEvent.Resumed(""), "resume", -1, to);
    append(state, less, new ReleaseEvent.AbortAsked(best, ""), "abort", -1, to);
    append(state, less, new ReleaseEvent.Unpinned(""), "unpin", -1, to);
    for (int version : head.versions().keySet()) {
      pin(state, head, less, version, to);
    }
    if (target != 0) {
      append(
          state,
          less,
          new ReleaseEvent.LateRollbackStarted(
              "back", target, true, Protocol.SETTINGS, Protocol.WHY),
          "rollback to version",
          target,
          to);
    }
  }

  private void pin(State state, Head head, State.Budget less, int version, Sink to) {
    if (mutant == Mutant.PIN_ANYTHING && !head.is(version, VersionStatus.GOOD)) {
      to.take(0, "pin", version, moved(state, Mutations.pinned(head, version)).with(less));
    } else if (mutant == Mutant.PIN_LEAVES_BAD && isLeaving(head, version)) {
      Head pinned = Protocol.must(head, new ReleaseEvent.Pinned(version, ""));
      to.take(0, "pin", version, moved(state, Mutations.bad(pinned, version)).with(less));
    } else {
      append(state, less, new ReleaseEvent.Pinned(version, ""), "pin", version, to);
    }
  }

  private static boolean isLeaving(Head head, int version) {
    return head.is(version, VersionStatus.GOOD)
        && head.active()
            .filter(release -> release.state() instanceof ReleaseState.RollingBack)
            .map(Release::candidate)
            .equals(Optional.of(OptionalInt.of(version)));
  }

  private void alarms(State state, State.Budget less, Sink to) {
    int quiet = product.facts(state.head()).served() & ~state.alarms();
    for (int version = 1; version < State.VERSIONS; version++) {
      if ((quiet >> version & 1) == 1) {
        to.take(0, "alarm of version", version, state.alarmed(version).with(less));
      }
    }
  }

  private void foreign(State state, State.Budget less, Sink to) {
    if (product.head(state.head()).control().mode() == Mode.PINNED) {
      return;
    }
    for (int version = 1; version < State.VERSIONS; version++) {
      int content = product.content(AliasContent.only(version));
      if ((state.exists() >> version & 1) == 1 && Product.contentOf(state.alias()) != content) {
        int old = state.alias();
        to.take(
            0,
            "somebody moves the alias to version",
            version,
            state
                .withAlias(Product.alias(content, Product.FOREIGN))
                .withWorkers(
                    turns.aliasMoved(state.first(), old), turns.aliasMoved(state.second(), old))
                .with(less));
      }
    }
  }

  private void retire(State state, Sink to) {
    Head head = product.head(state.head());
    int newest = head.versions().lastKey();
    for (int version : head.versions().keySet()) {
      boolean there =
          !head.is(version, VersionStatus.RETIRED) && !head.is(version, VersionStatus.DELETED);
      if (there && version != newest) {
        to.take(0, "retire version", version, moved(state, Mutations.retired(head, version)));
      }
    }
  }

  private void append(
      State state, State.Budget less, ReleaseEvent event, String what, int detail, Sink to) {
    int next = product.apply(state.head(), product.event(event));
    if (next != Product.REFUSED) {
      to.take(0, what, detail, moved(state, next).with(less));
    }
  }

  private State moved(State state, Head head) {
    return moved(state, product.head(head));
  }

  private State moved(State state, int head) {
    return state
        .withHead(head)
        .withWorkers(turns.headMoved(state.first()), turns.headMoved(state.second()));
  }
}
