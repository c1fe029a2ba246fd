package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Content;
import dev.slipway.release.Head;
import dev.slipway.release.Mode;
import dev.slipway.release.Outcome;
import dev.slipway.release.Plan;
import dev.slipway.release.Planner;
import dev.slipway.release.Proposal;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseKind;
import dev.slipway.release.ReleaseSettings;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.RollbackTarget;
import dev.slipway.release.Transition;
import dev.slipway.release.Version;
import dev.slipway.release.VersionStatus;
import dev.slipway.release.View;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

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
  private static final View.Wanted WISH = new View.Wanted("wish", "code", "config", SETTINGS);
  private static final List<Reason> WHY = List.of(new Reason("CHECKED", "by the model checker"));

  private final Mutant mutant;

  Protocol(Mutant mutant) {
    this.mutant = mutant;
  }

  /**
   * {@return a model that serves its newest of {@code good} models, after version 1, the fallback}
   */
  static State start(int workers, int good, State.Budget budget) {
    Head head = must(Head.empty(), new ReleaseEvent.FallbackWanted());
    head =
        must(head, new ReleaseEvent.FallbackRecorded(1, new Content("f", Optional.empty(), "f")));
    head = must(head, new ReleaseEvent.AliasConfirmed(AliasContent.only(1)));
    TreeMap<Integer, Boolean> lambda = new TreeMap<>();
    lambda.put(1, true);
    for (int version = 2; version < 2 + good; version++) {
      head = completed(head, version);
      lambda.put(version, true);
    }
    View.SeenAlias alias =
        new View.SeenAlias(head.desired().orElseThrow(), OptionalLong.of(head.seq()));
    return new State(
        Mutations.settled(head),
        alias,
        alias,
        lambda,
        false,
        0,
        Set.of(),
        Collections.nCopies(workers, Worker.IDLE),
        budget);
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

  private static Head must(Head head, ReleaseEvent event) {
    return switch (Transition.apply(head, event, "start", State.EARLY)) {
      case Outcome.Applied(Head next, _, _) -> next;
      case Outcome.Refused(Reason reason) -> throw new IllegalStateException(reason.toString());
    };
  }

  private static ReleaseEvent arrival(int number) {
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
  void successors(State state, BiConsumer<String, State> to) {
    for (int i = 0; i < state.workers().size(); i++) {
      boolean twin = i > 0 && state.workers().get(i).equals(state.workers().get(i - 1));
      if (!twin) {
        worker(state, i, to);
      }
    }
    arrivals(state, to);
    people(state, to);
    surroundings(state, to);
  }

  private void worker(State state, int index, BiConsumer<String, State> to) {
    Worker worker = state.workers().get(index);
    String who = "worker " + (index + 1) + " ";
    switch (worker.phase()) {
      case IDLE -> look(state, index, who, to);
      case LOOKED -> readHead(state, index, worker, who, to);
      case HEAD_READ -> plan(state, index, worker, who, to);
      case PLANNED -> carryOut(state, index, worker, who, to);
      case WROTE ->
          append(
              state,
              index,
              worker,
              new ReleaseEvent.AliasConfirmed(desired(worker)),
              who + "confirms",
              to);
      case LATEST_WRITTEN -> publish(state, index, worker, who, to);
      case PUBLISHED -> record(state, index, worker, who, to);
      case FENCED -> delete(state, index, worker, who, to);
      case DELETED ->
          append(
              state,
              index,
              worker,
              new ReleaseEvent.VersionDeleted(worker.version().orElseThrow()),
              who + "records the deletion",
              to);
    }
    if (worker.phase() != Worker.Phase.IDLE) {
      to.accept(who + "is killed", state.with(index, Worker.IDLE));
    }
  }

  private void look(State state, int index, String who, BiConsumer<String, State> to) {
    if (mutant == Mutant.HEAD_READ_FIRST) {
      to.accept(who + "reads the head", state.with(index, Worker.IDLE.readHead(state.head())));
      return;
    }
    looks(
        state,
        (name, view, fresh) ->
            to.accept(who + name, state.with(index, Worker.IDLE.looked(view, fresh))));
  }

  /** Takes one possible sight of the world. */
  private interface Sight {
    void take(String name, View view, boolean fresh);
  }

  private static void looks(State state, Sight sight) {
    for (boolean late : new boolean[] {false, true}) {
      String when = late ? " late" : "";
      sight.take("looks" + when, view(state.alias(), state.alarms(), late), true);
      if (!state.alarms().isEmpty()) {
        sight.take("looks, misses alarms" + when, view(state.alias(), Set.of(), late), true);
      }
    }
    if (!state.before().equals(state.alias())) {
      sight.take("reads a stale alias", view(state.before(), state.alarms(), false), false);
    }
  }

  private static View view(View.SeenAlias alias, Set<Integer> unfit, boolean late) {
    return new View(Optional.of(alias), unfit, WISH, late ? State.LATE : State.EARLY);
  }

  private void readHead(
      State state, int index, Worker worker, String who, BiConsumer<String, State> to) {
    decide(state, index, worker, state.head(), true, who, to);
  }

  /** Only with {@link Mutant#HEAD_READ_FIRST}: the alias is read after the head. */
  private void plan(
      State state, int index, Worker worker, String who, BiConsumer<String, State> to) {
    looks(
        state,
        (name, view, fresh) ->
            decide(
                state,
                index,
                worker.looked(view, fresh),
                worker.head().orElseThrow(),
                worker.headFresh(),
                who + name + ", ",
                to));
  }

  private void decide(
      State state,
      int index,
      Worker worker,
      Head head,
      boolean fresh,
      String who,
      BiConsumer<String, State> to) {
    Plan plan = Planner.next(head, worker.view().orElseThrow());
    if (plan instanceof Plan.Rest || isFutile(plan, fresh)) {
      to.accept(who + "rests", state.with(index, Worker.IDLE));
      return;
    }
    to.accept(who + "plans " + name(plan), state.with(index, worker.planned(head, fresh, plan)));
  }

  /** What can only be refused by the head's guard is not worth a state. */
  private boolean isFutile(Plan plan, boolean fresh) {
    return !fresh && plan instanceof Plan.Write && mutant != Mutant.NO_HEAD_GUARD;
  }

  private void carryOut(
      State state, int index, Worker worker, String who, BiConsumer<String, State> to) {
    switch (worker.plan().orElseThrow()) {
      case Plan.Write(ReleaseEvent event) -> {
        append(state, index, worker, event, who + "appends " + name(event), to);
      }
      case Plan.MoveAlias(AliasContent content, _) -> move(state, index, worker, content, who, to);
      case Plan.CreateAlias(AliasContent content) -> move(state, index, worker, content, who, to);
      case Plan.RestoreAlias(AliasContent found, _) ->
          restore(state, index, worker, found, who, to);
      case Plan.Verify _ -> {
        append(state, index, worker, new ReleaseEvent.VerificationPassed(), who + "verifies", to);
        append(state, index, worker, new ReleaseEvent.Rejected(WHY), who + "rejects", to);
      }
      case Plan.Publish _ ->
          to.accept(
              who + "writes $LATEST",
              (state.latest() ? state : state.withLatest(true))
                  .with(index, worker.at(Worker.Phase.LATEST_WRITTEN)));
      case Plan.Probe(Release release) -> probe(state, index, worker, release, who, to);
      case Plan.Judge _ -> judge(state, index, worker, who, to);
      case Plan.DeleteVersion(int version) -> fence(state, index, worker, version, who, to);
      case Plan.PublishFallback _, Plan.Rest _ ->
          throw new IllegalStateException("not in this configuration");
    }
  }

  private void probe(
      State state,
      int index,
      Worker worker,
      Release release,
      String who,
      BiConsumer<String, State> to) {
    if (mutant == Mutant.EFFECT_BEFORE_INTENT && worker.aliasFresh()) {
      AliasContent split =
          AliasContent.split(
              release.baseline().orElseThrow(), release.candidate().orElseThrow(), 50);
      to.accept(who + "shifts without an entry", written(state, split, worker).with(index, worker));
    }
    append(
        state, index, worker, new ReleaseEvent.ShiftStarted(false, ""), who + "starts a shift", to);
    append(
        state,
        index,
        worker,
        new ReleaseEvent.ShiftStarted(true, ""),
        who + "starts one shift",
        to);
    append(state, index, worker, new ReleaseEvent.Rejected(WHY), who + "rejects", to);
  }

  private void judge(
      State state, int index, Worker worker, String who, BiConsumer<String, State> to) {
    append(state, index, worker, new ReleaseEvent.Passed(), who + "passes", to);
    Head head = worker.head().orElseThrow();
    OptionalInt target = RollbackTarget.choose(head, worker.view().orElseThrow().unfit());
    target.ifPresent(version ->
        append(
            state,
            index,
            worker,
            new ReleaseEvent.RollbackStarted(version, WHY),
            who + "rolls back to " + version,
            to));
    if (mutant == Mutant.ANY_TARGET && worker.headFresh()) {
      int any = head.active().orElseThrow().candidate().orElseThrow();
      to.accept(
          who + "rolls back to " + any,
          state.with(Mutations.rollingBack(state.head(), any)).with(index, Worker.IDLE));
    }
  }

  private void move(
      State state,
      int index,
      Worker worker,
      AliasContent content,
      String who,
      BiConsumer<String, State> to) {
    boolean there = worker.view().orElseThrow().alias().orElseThrow().content().equals(content);
    if (mutant == Mutant.CONFIRM_BY_READ && there) {
      to.accept(
          who + "sees the alias as it should be", state.with(index, worker.at(Worker.Phase.WROTE)));
    } else if (worker.aliasFresh() || mutant == Mutant.NO_REVISION) {
      to.accept(
          who + "writes the alias " + content,
          written(state, content, worker).with(index, worker.at(Worker.Phase.WROTE)));
    } else {
      to.accept(who + "is refused by the revision", state.with(index, Worker.IDLE));
    }
  }

  private static State written(State state, AliasContent content, Worker worker) {
    return state.with(
        new View.SeenAlias(content, OptionalLong.of(worker.head().orElseThrow().seq())));
  }

  private void restore(
      State state,
      int index,
      Worker worker,
      AliasContent found,
      String who,
      BiConsumer<String, State> to) {
    if (mutant == Mutant.ADOPT_ANYTHING) {
      Head head = state.head();
      to.accept(
          who + "adopts " + found,
          state.with(Mutations.adopting(head, found)).with(index, Worker.IDLE));
      return;
    }
    apply(state, worker, new ReleaseEvent.ForeignAliasRefused(found))
        .ifPresent(next ->
            to.accept(
                who + "puts the alias back",
                (worker.aliasFresh()
                        ? next.with(
                            new View.SeenAlias(
                                next.head().desired().orElseThrow(),
                                OptionalLong.of(next.head().seq())))
                        : next)
                    .with(index, Worker.IDLE)));
  }

  private void publish(
      State state, int index, Worker worker, String who, BiConsumer<String, State> to) {
    if (!state.latest() && mutant != Mutant.PUBLISH_ANYTHING) {
      to.accept(who + "finds other code and starts again", state.with(index, Worker.IDLE));
      return;
    }
    int known = state.publishedOfLatest();
    int number =
        known != 0
            ? known
            : Math.max(state.lambda().lastKey(), state.head().versions().lastKey()) + 1;
    State next = known != 0 ? state : state.withVersion(number, state.latest());
    to.accept(
        who + "publishes version " + number,
        next.with(index, worker.with(number).at(Worker.Phase.PUBLISHED)));
  }

  private void record(
      State state, int index, Worker worker, String who, BiConsumer<String, State> to) {
    String bundle = worker.head().orElseThrow().active().orElseThrow().proposal().bundleDigest();
    append(
        state,
        index,
        worker,
        new ReleaseEvent.VersionRecorded(
            worker.version().orElseThrow(), new Content("code", Optional.of(bundle), "config")),
        who + "records version " + worker.version().orElseThrow(),
        to);
  }

  private void fence(
      State state,
      int index,
      Worker worker,
      int version,
      String who,
      BiConsumer<String, State> to) {
    Worker next = worker.with(version).at(Worker.Phase.FENCED);
    if (worker.aliasFresh()) {
      to.accept(who + "fences", written(state, desired(worker), worker).with(index, next));
    } else {
      to.accept(who + "is refused by the revision", state.with(index, Worker.IDLE));
    }
  }

  /** Lambda refuses while the alias routes there; only a foreign write can get so far. */
  private static void delete(
      State state, int index, Worker worker, String who, BiConsumer<String, State> to) {
    int version = worker.version().orElseThrow();
    boolean foreign = state.alias().seq().isEmpty();
    if (foreign && state.alias().content().serves().contains(version)) {
      to.accept(who + "may not delete", state.with(index, Worker.IDLE));
    } else {
      to.accept(
          who + "deletes version " + version,
          state.without(version).with(index, worker.at(Worker.Phase.DELETED)));
    }
  }

  private static AliasContent desired(Worker worker) {
    return worker.head().orElseThrow().desired().orElseThrow();
  }

  private void append(
      State state,
      int index,
      Worker worker,
      ReleaseEvent event,
      String name,
      BiConsumer<String, State> to) {
    State next = apply(state, worker, event).orElse(state);
    to.accept(name, next.with(index, Worker.IDLE));
  }

  /** Empty when somebody else was first, or when the rules refuse the event. */
  private Optional<State> apply(State state, Worker worker, ReleaseEvent event) {
    boolean staleRetirement =
        mutant == Mutant.RETIRE_ON_STALE_HEAD && event instanceof ReleaseEvent.VersionRetired;
    if (staleRetirement && !worker.headFresh()) {
      return Optional.of(
          state.with(
              Mutations.retired(state.head(), ((ReleaseEvent.VersionRetired) event).version())));
    }
    if (!worker.headFresh() && mutant != Mutant.NO_HEAD_GUARD) {
      return Optional.empty();
    }
    Head base = worker.headFresh() ? state.head() : worker.head().orElseThrow();
    boolean late = worker.view().orElseThrow().now().isAfter(State.EARLY);
    return Optional.of(Transition.apply(base, event, "worker", late ? State.LATE : State.EARLY))
        .filter(Outcome.Applied.class::isInstance)
        .map(outcome -> Mutations.settled(((Outcome.Applied) outcome).head()))
        .map(head -> claimed(event) ? Mutations.claimed(head) : head)
        .map(state::with);
  }

  private boolean claimed(ReleaseEvent event) {
    return mutant == Mutant.ADOPT_BY_READ && event instanceof ReleaseEvent.ForeignAliasAdopted;
  }

  private void arrivals(State state, BiConsumer<String, State> to) {
    State.Budget left = state.budget();
    if (left.arrivals() > 0) {
      State.Budget less =
          new State.Budget(
              left.arrivals() - 1, left.people(), left.alarms(), left.deploys(), left.foreign());
      Head head =
          mutant == Mutant.SUPERSEDE_WITH_TRAFFIC
              ? Mutations.superseded(state.head())
              : state.head();
      person(state.with(head), less, arrival(left.arrivals()), "a new model arrives", to);
    }
  }

  private void people(State state, BiConsumer<String, State> to) {
    State.Budget left = state.budget();
    if (left.people() == 0) {
      return;
    }
    State.Budget less =
        new State.Budget(
            left.arrivals(), left.people() - 1, left.alarms(), left.deploys(), left.foreign());
    Head head = state.head();
    OptionalInt target = RollbackTarget.choose(head, state.alarms());
    person(state, less, new ReleaseEvent.Paused(""), "pause", to);
    person(state, less, new ReleaseEvent.Resumed(""), "resume", to);
    person(state, less, new ReleaseEvent.AbortAsked(target, ""), "abort", to);
    person(state, less, new ReleaseEvent.Unpinned(""), "unpin", to);
    for (int version : head.versions().keySet()) {
      pin(state, less, version, to);
    }
    target.ifPresent(version ->
        person(
            state,
            less,
            new ReleaseEvent.LateRollbackStarted("back", version, true, SETTINGS, WHY),
            "rollback to " + version,
            to));
  }

  private void pin(State state, State.Budget less, int version, BiConsumer<String, State> to) {
    String name = "pin " + version;
    if (mutant == Mutant.PIN_ANYTHING && !state.head().is(version, VersionStatus.GOOD)) {
      to.accept(name, state.with(Mutations.pinned(state.head(), version)).with(less));
    } else if (mutant == Mutant.PIN_LEAVES_BAD && isLeaving(state.head(), version)) {
      Head pinned = must(state.head(), new ReleaseEvent.Pinned(version, ""));
      to.accept(name, state.with(Mutations.bad(pinned, version)).with(less));
    } else {
      person(state, less, new ReleaseEvent.Pinned(version, ""), name, to);
    }
  }

  private static boolean isLeaving(Head head, int version) {
    return head.is(version, VersionStatus.GOOD)
        && head.active()
            .filter(release -> release.state() instanceof ReleaseState.RollingBack)
            .map(Release::candidate)
            .equals(Optional.of(OptionalInt.of(version)));
  }

  private static void person(
      State state,
      State.Budget less,
      ReleaseEvent event,
      String name,
      BiConsumer<String, State> to) {
    if (Transition.apply(state.head(), event, "person", State.EARLY)
        instanceof Outcome.Applied(Head next, _, _)) {
      to.accept(name, state.with(Mutations.settled(next)).with(less));
    }
  }

  private void surroundings(State state, BiConsumer<String, State> to) {
    State.Budget left = state.budget();
    if (left.alarms() > 0) {
      for (Version version : state.head().versions().values()) {
        if (version.servedEver() && !state.alarms().contains(version.number())) {
          to.accept(
              "alarm of version " + version.number(),
              state
                  .alarmed(version.number())
                  .with(
                      new State.Budget(
                          left.arrivals(),
                          left.people(),
                          left.alarms() - 1,
                          left.deploys(),
                          left.foreign())));
        }
      }
    }
    if (left.deploys() > 0 && state.latest()) {
      to.accept(
          "cdk deploy",
          state
              .withLatest(false)
              .with(
                  new State.Budget(
                      left.arrivals(),
                      left.people(),
                      left.alarms(),
                      left.deploys() - 1,
                      left.foreign())));
    }
    if (left.foreign() > 0) {
      foreign(state, left, to);
    }
    if (mutant == Mutant.RETIRE_ALL_BUT_NEWEST) {
      int newest = state.head().versions().lastKey();
      for (Version version : state.head().versions().values()) {
        boolean there =
            version.status() != VersionStatus.RETIRED && version.status() != VersionStatus.DELETED;
        if (there && version.number() != newest) {
          to.accept(
              "retire " + version.number(),
              state.with(Mutations.retired(state.head(), version.number())));
        }
      }
    }
  }

  private static void foreign(State state, State.Budget left, BiConsumer<String, State> to) {
    State.Budget less =
        new State.Budget(
            left.arrivals(), left.people(), left.alarms(), left.deploys(), left.foreign() - 1);
    for (int version : state.lambda().keySet()) {
      if (!state.alias().content().equals(AliasContent.only(version))
          && state.head().control().mode() != Mode.PINNED) {
        to.accept(
            "somebody moves the alias to " + version,
            state
                .with(new View.SeenAlias(AliasContent.only(version), OptionalLong.empty()))
                .with(less));
      }
    }
  }

  private static String name(Object value) {
    return value instanceof Plan.Write(ReleaseEvent event)
        ? name(event)
        : value.getClass().getSimpleName();
  }
}
