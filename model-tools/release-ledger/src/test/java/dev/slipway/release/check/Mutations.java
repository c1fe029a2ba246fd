package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Control;
import dev.slipway.release.Head;
import dev.slipway.release.Intent;
import dev.slipway.release.Mode;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.Version;
import dev.slipway.release.VersionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Heads as the rules would never make them, for the mutants; and heads with their times reduced.
 */
final class Mutations {
  private Mutations() {}

  /** Number of the entry in which every reduced head stands. */
  private static final long NOW = 10;

  /** Number of the entry that wanted the alias as a reduced head wants it. */
  private static final long WANTED = 5;

  /**
   * Exact times and numbers of entries would make every state new. What is due is due late, and
   * nothing is due early; of the intents only the last one stays, and whether it is confirmed.
   */
  static Head settled(Head head) {
    return new Head(
        NOW,
        head.fallback(),
        head.stable(),
        head.previousStable(),
        head.active().map(Mutations::settled),
        head.pending().map(Mutations::settled),
        Optional.empty(),
        head.control(),
        head.regretUntil().map(until -> State.EARLY.plusSeconds(60)),
        head.highWater(),
        head.triedWish(),
        settled(head.versions().values()),
        head.desired().map(content -> new Intent(WANTED, content)).stream().toList(),
        head.confirmed(),
        head.isAliasConfirmed() ? WANTED : 0,
        head.previousEpoch(),
        List.of());
  }

  /** A head that remembers that entry 1 wanted {@code content}. */
  static Head wanting(Head head, AliasContent content) {
    List<Intent> intents = new ArrayList<>(head.intents());
    intents.addFirst(new Intent(1, content));
    return new Head(
        head.seq(),
        head.fallback(),
        head.stable(),
        head.previousStable(),
        head.active(),
        head.pending(),
        head.last(),
        head.control(),
        head.regretUntil(),
        head.highWater(),
        head.triedWish(),
        head.versions(),
        intents,
        head.confirmed(),
        head.confirmedSeq(),
        head.previousEpoch(),
        head.recent());
  }

  private static NavigableMap<Integer, Version> settled(Iterable<Version> versions) {
    TreeMap<Integer, Version> next = new TreeMap<>();
    for (Version version : versions) {
      next.put(
          version.number(),
          new Version(
              version.number(),
              version.content(),
              version.status(),
              version.servedEver(),
              version.retireNotBefore().map(when -> State.EARLY.plusSeconds(60))));
    }
    return next;
  }

  private static Release settled(Release release) {
    return new Release(
        release.proposal(),
        release.state(),
        release.candidate(),
        release.baseline(),
        release.target(),
        release.replayGated(),
        release.evidenceFrom().map(from -> State.EARLY),
        State.EARLY.plusSeconds(60),
        release.settings(),
        release.actor(),
        release.reasons());
  }

  /** Takes a read of the alias for a write of it. */
  static Head claimed(Head head) {
    return new Head(
        head.seq(),
        head.fallback(),
        head.stable(),
        head.previousStable(),
        head.active(),
        head.pending(),
        Optional.empty(),
        head.control(),
        head.regretUntil(),
        head.highWater(),
        head.triedWish(),
        head.versions(),
        head.intents(),
        head.desired(),
        head.seq(),
        head.previousEpoch(),
        List.of());
  }

  static Head retired(Head head, int number) {
    return marked(head, number, VersionStatus.RETIRED);
  }

  static Head bad(Head head, int number) {
    return marked(head, number, VersionStatus.BAD);
  }

  private static Head marked(Head head, int number, VersionStatus status) {
    TreeMap<Integer, Version> versions = new TreeMap<>(head.versions());
    versions.computeIfPresent(
        number,
        (key, version) ->
            new Version(
                number,
                version.content(),
                status,
                version.servedEver(),
                Optional.of(State.EARLY.plusSeconds(60))));
    return changed(head, head.stable(), head.active(), head.control(), versions);
  }

  static Head pinned(Head head, int number) {
    Control control =
        new Control(Mode.PINNED, OptionalInt.of(number), false, Optional.empty(), Optional.empty());
    return changed(
        head, OptionalInt.of(number), Optional.empty(), control, new TreeMap<>(head.versions()));
  }

  static Head adopting(Head head, AliasContent content) {
    Control control =
        new Control(
            Mode.PAUSED, OptionalInt.empty(), false, Optional.empty(), Optional.of(content));
    return changed(
        head,
        OptionalInt.of(content.primary()),
        Optional.empty(),
        control,
        new TreeMap<>(head.versions()));
  }

  /** Ends the active release although requests reach its candidate. */
  static Head superseded(Head head) {
    boolean traffic =
        head.active()
            .filter(release -> release.state() instanceof ReleaseState.WithTraffic)
            .isPresent();
    return traffic
        ? changed(
            head, head.stable(), Optional.empty(), head.control(), new TreeMap<>(head.versions()))
        : head;
  }

  /** Goes back to any version. */
  static Head rollingBack(Head head, int target) {
    Release old = head.active().orElseThrow();
    Release back =
        new Release(
            old.proposal(),
            new ReleaseState.RollingBack(),
            old.candidate(),
            old.baseline(),
            OptionalInt.of(target),
            old.replayGated(),
            old.evidenceFrom(),
            old.deadline(),
            old.settings(),
            old.actor(),
            old.reasons());
    return changed(
        head, head.stable(), Optional.of(back), head.control(), new TreeMap<>(head.versions()));
  }

  private static Head changed(
      Head head,
      OptionalInt stable,
      Optional<Release> active,
      Control control,
      NavigableMap<Integer, Version> versions) {
    Head bare = head(head, stable, active, control, versions, head.intents());
    List<Intent> intents = new ArrayList<>(head.intents());
    bare.desired()
        .filter(desired -> !Optional.of(desired).equals(head.desired()))
        .ifPresent(desired -> intents.add(new Intent(bare.seq(), desired)));
    return head(head, stable, active, control, versions, intents);
  }

  private static Head head(
      Head head,
      OptionalInt stable,
      Optional<Release> active,
      Control control,
      NavigableMap<Integer, Version> versions,
      List<Intent> intents) {
    return new Head(
        head.seq() + 1,
        head.fallback(),
        stable,
        head.previousStable(),
        active,
        head.pending(),
        Optional.empty(),
        control,
        head.regretUntil(),
        head.highWater(),
        head.triedWish(),
        versions,
        intents,
        head.confirmed(),
        head.confirmedSeq(),
        head.previousEpoch(),
        List.of());
  }
}
