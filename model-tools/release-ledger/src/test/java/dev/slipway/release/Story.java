package dev.slipway.release;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** One model's story, told event by event, with a clock that moves only when told. */
final class Story {
  static final List<Reason> WHY = List.of(new Reason("TEST", "because"));

  /** Canary at 10 % and 50 %. */
  static final ReleaseSettings SETTINGS = ReleaseSettings.defaults();

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Head head = Head.empty();
  private Instant now = START;

  /** {@return a model whose fallback, version 1, serves} */
  static Story withFallback() {
    return new Story()
        .then(new ReleaseEvent.FallbackWanted())
        .then(new ReleaseEvent.FallbackRecorded(1, new Content("f", Optional.empty(), "f")))
        .confirmed();
  }

  /** {@return a model that serves version {@code newest}; versions 2 to it are good} */
  static Story serving(int newest) {
    Story story = withFallback();
    for (int version = 2; version <= newest; version++) {
      story.proposed("run-" + version).published(version).shifted(true).confirmed();
      story.later(Duration.ofMinutes(15)).then(new ReleaseEvent.Passed());
    }
    return story;
  }

  /** {@return a model that serves 3 (2 is good too), with candidate 4 in its first canary step} */
  static Story inCanary() {
    return serving(3).proposed("run-4").published(4).shifted(false).confirmed();
  }

  Story proposed(String id) {
    return then(new ReleaseEvent.Proposed(proposal(id, "bundle-" + id, Optional.empty())));
  }

  static Proposal proposal(String id, String bundle, Optional<DatasetSequence> data) {
    return new Proposal(
        id, ReleaseKind.MODEL, bundle, data, Optional.empty(), Optional.empty(), false, "data");
  }

  /** Takes the waiting release up to PUBLISHED. */
  Story published(int version) {
    return publishing().then(recorded(version));
  }

  Story publishing() {
    return then(new ReleaseEvent.Started(SETTINGS))
        .then(new ReleaseEvent.VerificationPassed())
        .then(new ReleaseEvent.PublishingStarted());
  }

  ReleaseEvent recorded(int version) {
    String bundle = head.active().orElseThrow().proposal().bundleDigest();
    return new ReleaseEvent.VersionRecorded(
        version, new Content("code", Optional.of(bundle), "config"));
  }

  Story shifted(boolean replayGated) {
    return then(new ReleaseEvent.ShiftStarted(replayGated, "as told"));
  }

  /** A worker writes the alias as it ought to be, and confirms. */
  Story confirmed() {
    return then(new ReleaseEvent.AliasConfirmed(head.desired().orElseThrow()));
  }

  Story passed() {
    return later(Duration.ofMinutes(12)).then(new ReleaseEvent.Passed());
  }

  Story later(Duration time) {
    now = now.plus(time);
    return this;
  }

  Story then(ReleaseEvent event) {
    Outcome outcome = Transition.apply(head, event, "test", now);
    head = assertInstanceOf(Outcome.Applied.class, outcome, event + ": " + outcome).head();
    return this;
  }

  /** {@return the code with which an event is refused} */
  String refusal(ReleaseEvent event) {
    Outcome outcome = Transition.apply(head, event, "test", now);
    return assertInstanceOf(Outcome.Refused.class, outcome).reason().code();
  }

  /** Looks and appends until a plan needs an effect. {@return that plan} */
  Plan look(Integer... inAlarm) {
    return look(Optional.of(seen(head.desired().orElseThrow())), inAlarm);
  }

  Plan look(Optional<View.SeenAlias> alias, Integer... inAlarm) {
    return Planner.next(head, view(alias, inAlarm));
  }

  /** Looks, and carries out what needs no effect but the ledger's. */
  Story acted(Integer... inAlarm) {
    return then(assertInstanceOf(Plan.Write.class, look(inAlarm)).event());
  }

  View view(Optional<View.SeenAlias> alias, Integer... inAlarm) {
    View.Wanted wish = new View.Wanted("wish", "code", "config", SETTINGS);
    return new View(alias, Set.of(inAlarm), wish, now);
  }

  View.SeenAlias seen(AliasContent content) {
    return new View.SeenAlias(content, OptionalLong.of(head.seq()));
  }

  static View.SeenAlias foreign(AliasContent content) {
    return new View.SeenAlias(content, OptionalLong.empty());
  }

  Head head() {
    return head;
  }

  String state() {
    return Transition.label(head);
  }

  AliasContent desired() {
    return head.desired().orElseThrow();
  }

  OptionalInt stable() {
    return head.stable();
  }

  Instant now() {
    return now;
  }
}
