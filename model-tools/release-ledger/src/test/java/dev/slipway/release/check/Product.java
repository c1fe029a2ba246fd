package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.Outcome;
import dev.slipway.release.Plan;
import dev.slipway.release.Planner;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.RollbackTarget;
import dev.slipway.release.Transition;
import dev.slipway.release.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The product's own functions, {@link Transition}, {@link Planner} and {@link RollbackTarget},
 * between numbers: each distinct question is put to them once and the answer kept. Not thread-safe.
 */
final class Product {
  /** The entry that the alias names wanted what it holds. */
  static final int OURS = 0;

  /** Somebody else wrote it. */
  static final int FOREIGN = 1;

  /** A worker wrote it without an entry that wanted it. */
  static final int UNWANTED = 2;

  /** Refused by the rules. */
  static final int REFUSED = -1;

  private static final View.Wanted WISH =
      new View.Wanted("wish", "code", "config", Protocol.SETTINGS);

  private final Numbered<Head> heads = new Numbered<>();
  private final List<Facts> facts = new ArrayList<>();
  private final Numbered<AliasContent> contents = new Numbered<>();
  private final Numbered<ReleaseEvent> events = new Numbered<>();
  private final Numbered<Step> steps = new Numbered<>();
  private final Answers outcomes = new Answers();
  private final Answers plans = new Answers();
  private final Answers targets = new Answers();

  int head(Head head) {
    int number = heads.of(Mutations.settled(head));
    if (number == facts.size()) {
      facts.add(Facts.of(head, contents::of));
    }
    return number;
  }

  Head head(int number) {
    return heads.get(number);
  }

  Facts facts(int head) {
    return facts.get(head);
  }

  int heads() {
    return heads.size();
  }

  int event(ReleaseEvent event) {
    return events.of(event);
  }

  ReleaseEvent event(int number) {
    return events.get(number);
  }

  Step step(int number) {
    return steps.get(number);
  }

  int content(AliasContent content) {
    return contents.of(content);
  }

  AliasContent content(int number) {
    return contents.get(number);
  }

  static int alias(int content, int writer) {
    return content << 2 | writer;
  }

  static int contentOf(int alias) {
    return alias >> 2;
  }

  static int writerOf(int alias) {
    return alias & 3;
  }

  /** {@return the set of versions that an alias routes to} */
  int serves(int alias) {
    AliasContent content = contents.get(contentOf(alias));
    int bits = 1 << content.primary();
    return content.secondary().isPresent() ? bits | 1 << content.secondary().getAsInt() : bits;
  }

  /** {@return the head after an event, or {@link #REFUSED}} */
  int apply(int head, int event) {
    return outcomes.get((long) head << 32 | event, key -> applied(head, events.get(event)));
  }

  private int applied(int head, ReleaseEvent event) {
    // Only these two are refused early, and both are planned late only.
    boolean late =
        event instanceof ReleaseEvent.DeadlinePassed
            || event instanceof ReleaseEvent.VersionDeleted;
    return switch (Transition.apply(
        heads.get(head), event, "worker", late ? State.LATE : State.EARLY)) {
      case Outcome.Applied(Head next, _, _) -> head(next);
      case Outcome.Refused _ -> REFUSED;
    };
  }

  /** {@return the rollback target, or 0 when there is none} */
  int target(int head, int unfit) {
    return targets.get(
        (long) head << 32 | unfit,
        key -> RollbackTarget.choose(heads.get(head), set(unfit)).orElse(0));
  }

  /** {@return the number of the next step} */
  int plan(int head, int alias, int unfit, boolean late) {
    long key = (long) head << 32 | (long) alias << 16 | (long) unfit << 1 | (late ? 1 : 0);
    return plans.get(key, ignored -> planned(head, alias, unfit, late));
  }

  private int planned(int number, int alias, int unfit, boolean late) {
    AliasContent content = contents.get(contentOf(alias));
    boolean ours = writerOf(alias) == OURS;
    Head head = heads.get(number);
    View.SeenAlias seen =
        new View.SeenAlias(content, ours ? OptionalLong.of(1) : OptionalLong.empty());
    View view = new View(Optional.of(seen), set(unfit), WISH, late ? State.LATE : State.EARLY);
    return steps.of(step(head, Planner.next(ours ? Mutations.wanting(head, content) : head, view)));
  }

  private Step step(Head head, Plan plan) {
    return switch (plan) {
      case Plan.Rest _ -> Step.REST;
      case Plan.Write(ReleaseEvent event) -> new Step(Step.Kind.WRITE, events.of(event), -1, 0);
      case Plan.MoveAlias(AliasContent content, _) -> move(content);
      case Plan.CreateAlias(AliasContent content) -> move(content);
      case Plan.RestoreAlias(AliasContent found, _) ->
          new Step(
              Step.Kind.RESTORE,
              events.of(new ReleaseEvent.ForeignAliasRefused(found)),
              contents.of(found),
              0);
      case Plan.Verify _ -> outcome(Step.Kind.VERIFY);
      case Plan.Publish _ -> outcome(Step.Kind.PUBLISH);
      case Plan.Probe _ -> outcome(Step.Kind.PROBE);
      case Plan.Judge _ -> outcome(Step.Kind.JUDGE);
      case Plan.DeleteVersion(int version) ->
          new Step(
              Step.Kind.DELETE,
              events.of(new ReleaseEvent.VersionDeleted(version)),
              contents.of(head.desired().orElseThrow()),
              version);
      case Plan.PublishFallback _ -> throw new IllegalStateException("the fallback stands already");
    };
  }

  private Step move(AliasContent content) {
    return new Step(
        Step.Kind.MOVE,
        events.of(new ReleaseEvent.AliasConfirmed(content)),
        contents.of(content),
        0);
  }

  private static Step outcome(Step.Kind kind) {
    return new Step(kind, -1, -1, 0);
  }

  private static Set<Integer> set(int bits) {
    Set<Integer> versions = new HashSet<>();
    for (int version = 1; version < State.VERSIONS; version++) {
      if ((bits >> version & 1) == 1) {
        versions.add(version);
      }
    }
    return versions;
  }
}
