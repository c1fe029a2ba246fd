package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Content;
import dev.slipway.release.Head;
import dev.slipway.release.Outcome;
import dev.slipway.release.Proposal;
import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseKind;
import dev.slipway.release.ReleaseSettings;
import dev.slipway.release.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may happen next: one atomic step of one worker, or one thing from outside. */
final class Protocol {
  static final ReleaseSettings SETTINGS =
      new ReleaseSettings(
          List.of(50),
          Duration.ofSeconds(10),
          Duration.ofDays(1),
          0.01,
          0.05,
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ZERO);
  static final List<Reason> WHY = List.of(new Reason("CHECKED", "by the model checker"));

  final Product product = new Product();
  final Turns turns;
  private final WorkerSteps workers;
  private final Surroundings surroundings;

  Protocol(Mutant mutant) {
    turns = new Turns(product, mutant);
    workers = new WorkerSteps(product, turns, mutant);
    surroundings = new Surroundings(product, turns, mutant);
  }

  /**
   * {@return a model that serves its newest of {@code good} models, after version 1, the fallback}
   */
  State start(int workerCount, int good, State.Budget budget) {
    Head head = must(Head.empty(), new ReleaseEvent.FallbackWanted());
    head =
        must(head, new ReleaseEvent.FallbackRecorded(1, new Content("f", Optional.empty(), "f")));
    head = must(head, new ReleaseEvent.AliasConfirmed(AliasContent.only(1)));
    int exists = 1 << 1;
    for (int version = 2; version < 2 + good; version++) {
      head = completed(head, version);
      exists |= 1 << version;
    }
    int alias = Product.alias(product.content(head.desired().orElseThrow()), Product.OURS);
    int second = workerCount == 2 ? turns.idle : Turns.NOBODY;
    return new State(
        product.head(head),
        alias,
        alias,
        exists,
        exists,
        0,
        false,
        0,
        budget,
        turns.idle,
        second,
        false);
  }

  private static Head completed(Head before, int version) {
    Head head = must(before, arrival(-version));
    head = must(head, new ReleaseEvent.Started(SETTINGS));
    head = must(head, new ReleaseEvent.VerificationPassed());
    head = must(head, new ReleaseEvent.PublishingStarted());
    Content content = new Content("code", Optional.of("bundle-" + -version), "config");
    head = must(head, new ReleaseEvent.VersionRecorded(version, content));
    head = must(head, new ReleaseEvent.ShiftStarted(true, "first"));
    head = must(head, new ReleaseEvent.AliasConfirmed(AliasContent.only(version)));
    return must(head, new ReleaseEvent.Passed());
  }

  static Head must(Head head, ReleaseEvent event) {
    return switch (Transition.apply(head, event, "start", State.EARLY)) {
      case Outcome.Applied(Head next, _, _) -> next;
      case Outcome.Refused(Reason reason) -> throw new IllegalStateException(reason.toString());
    };
  }

  static ReleaseEvent arrival(int number) {
    return new ReleaseEvent.Proposed(
        new Proposal(
            "run-" + number,
            ReleaseKind.MODEL,
            "bundle-" + number,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "model"));
  }

  /** Names every state that may follow. */
  void successors(State state, Sink to) {
    workers.steps(state, 0, to);
    if (state.second() != Turns.NOBODY && state.second() != state.first()) {
      workers.steps(state, 1, to);
    }
    surroundings.steps(state, to);
  }

  /** Names every state that may follow by one worker alone, what helps most first. */
  void steps(State state, int worker, Sink to) {
    workers.steps(state, worker, to);
  }

  /** {@return the broken invariant; empty when all hold} */
  Optional<String> broken(State state) {
    return Invariants.broken(product, state);
  }

  /** {@return whether nothing is in flight and the alias, by our own write, is as it should be} */
  boolean isQuiescent(State state) {
    Facts facts = product.facts(state.head());
    boolean idle =
        state.first() == turns.idle
            && (state.second() == turns.idle || state.second() == Turns.NOBODY);
    int served = product.serves(state.alias());
    return idle
        && facts.atRest()
        && facts.settled()
        && state.alias() == Product.alias(facts.desired(), Product.OURS)
        && (served & ~(facts.good() & state.exists() & state.verified())) == 0;
  }

  /** {@return what a step was about, for people} */
  String detail(String what, int detail) {
    if (what.endsWith("version") || what.equals("pin")) {
      return " " + detail;
    }
    Step step = product.step(detail);
    String name = step.kind().name().toLowerCase(Locale.ROOT);
    if (step.kind() == Step.Kind.WRITE) {
      name = product.event(step.event()).getClass().getSimpleName();
    } else if (step.version() != 0) {
      name += " of version " + step.version();
    } else if (step.content() >= 0) {
      name += " to " + product.content(step.content());
    }
    return ": " + name;
  }
}
