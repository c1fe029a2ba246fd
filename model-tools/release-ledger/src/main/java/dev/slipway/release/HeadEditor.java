package dev.slipway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A head while a transition changes it; never leaves {@link Transition}. */
final class HeadEditor {
  /** Enough to recognise any write that a worker frozen for its whole life may still send. */
  private static final int INTENTS_KEPT = 16;

  /** More runs than a model has in flight at once by far. */
  private static final int RECENT_KEPT = 32;

  private final Head before;
  OptionalInt fallback;
  OptionalInt stable;
  OptionalInt previousStable;
  Optional<Release> active;
  Optional<Release> pending;
  Optional<Release> last;
  Control control;
  Optional<Instant> regretUntil;
  Optional<DatasetSequence> highWater;
  Optional<String> triedWish;
  final NavigableMap<Integer, Version> versions;
  Optional<AliasContent> confirmed;
  long confirmedSeq;
  Optional<String> previousEpoch;
  List<String> recent;

  HeadEditor(Head head) {
    before = head;
    fallback = head.fallback();
    stable = head.stable();
    previousStable = head.previousStable();
    active = head.active();
    pending = head.pending();
    last = head.last();
    control = head.control();
    regretUntil = head.regretUntil();
    highWater = head.highWater();
    triedWish = head.triedWish();
    versions = new TreeMap<>(head.versions());
    confirmed = head.confirmed();
    confirmedSeq = head.confirmedSeq();
    previousEpoch = head.previousEpoch();
    recent = head.recent();
  }

  /** Remembers a proposal or a refused run, so that a repeated call is recognised. */
  void remember(String id) {
    List<String> all = new ArrayList<>(recent);
    all.add(id);
    recent = all.subList(Math.max(0, all.size() - RECENT_KEPT), all.size());
  }

  /** Ends the active release. */
  void end(Release release, ReleaseState.Terminal state, Instant at) {
    active = Optional.empty();
    last = Optional.of(release.in(state, at));
  }

  void mark(int number, VersionStatus status) {
    Version version = versions.get(number);
    if (version != null) {
      versions.put(number, version.with(status));
    }
  }

  /** Marks the candidate, unless it had already proven itself in an earlier release. */
  void discard(OptionalInt candidate, VersionStatus status) {
    if (candidate.isPresent() && before.is(candidate.getAsInt(), VersionStatus.CANDIDATE)) {
      mark(candidate.getAsInt(), status);
    }
  }

  Head toHead() {
    Head unnumbered = build(before.intents());
    Optional<AliasContent> desired = unnumbered.desired();
    if (desired.isEmpty() || desired.equals(before.desired())) {
      return unnumbered;
    }
    desired.get().serves().forEach(this::markServed);
    return build(withIntent(new Intent(before.seq() + 1, desired.get())));
  }

  private void markServed(int number) {
    Version version = versions.get(number);
    if (version != null) {
      versions.put(number, version.served());
    }
  }

  private List<Intent> withIntent(Intent intent) {
    List<Intent> all = new ArrayList<>(before.intents());
    all.add(intent);
    return all.subList(Math.max(0, all.size() - INTENTS_KEPT), all.size());
  }

  private Head build(List<Intent> intents) {
    return new Head(
        before.seq() + 1,
        fallback,
        stable,
        previousStable,
        active,
        pending,
        last,
        control,
        regretUntil,
        highWater,
        triedWish,
        versions,
        intents,
        confirmed,
        confirmedSeq,
        previousEpoch,
        recent);
  }
}
