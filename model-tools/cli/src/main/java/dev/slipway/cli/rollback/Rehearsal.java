package dev.slipway.cli.rollback;

import dev.slipway.cli.Pause;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** One release of one candidate, watched by the client and told by the ledger. */
final class Rehearsal {
  /** Requests that were on their way when the alias came back may still meet the candidate. */
  private static final Duration ON_THEIR_WAY = Duration.ofSeconds(2);

  private static final double MILLIS = 1000.0;

  private final Releases releases;
  private final ServingWish wish;
  private final SteadyLoad load;
  private final ChangedCode code;
  private final int weightPercent;

  Rehearsal(
      Releases releases, ServingWish wish, SteadyLoad load, ChangedCode code, int weightPercent) {
    this.releases = releases;
    this.wish = wish;
    this.load = load;
    this.code = code;
    this.weightPercent = weightPercent;
  }

  Trial release(Candidate candidate, int number) {
    long before = releases.head().seq();
    String alias = releases.alias();
    Instant begun = Instant.now();
    begin(candidate, number);
    releases.nudge();
    releases.ended(before);
    Pause.of(ON_THEIR_WAY, "waiting");
    return trial(candidate, releases.after(before), alias, begun);
  }

  private void begin(Candidate candidate, int number) {
    switch (candidate) {
      case THROWS, NAN, SLOW, GOOD ->
          wish.deploy(
              code.zip(candidate, candidate.label() + number + UUID.randomUUID()), weightPercent);
      case DIGEST ->
          releases.proposeFalse(
              UUID.randomUUID().toString().replace("-", "").repeat(2).toLowerCase(Locale.ROOT));
    }
  }

  private Trial trial(
      Candidate candidate, List<LedgerEntry> entries, String aliasBefore, Instant begun) {
    Optional<Instant> shifted =
        entries.stream()
            .filter(entry -> entry.event() instanceof ReleaseEvent.AliasConfirmed)
            .map(LedgerEntry::at)
            .findFirst();
    Instant back =
        entries.stream()
            .filter(entry -> entry.event() instanceof ReleaseEvent.AliasConfirmed)
            .map(LedgerEntry::at)
            .reduce((first, second) -> second)
            .orElse(begun);
    List<Sample> samples = load.since(begun);
    String version =
        releases.head().last().stream()
            .flatMap(last -> last.candidate().stream().boxed())
            .map(number -> number + "-")
            .findFirst()
            .orElse("-");
    List<Sample> during =
        samples.stream()
            .filter(sample -> shifted.filter(sample.ended()::isAfter).isPresent())
            .filter(sample -> sample.sent().isBefore(back))
            .toList();
    List<Sample> bad = during.stream().filter(sample -> sample.failed(candidate, version)).toList();
    long allBad = samples.stream().filter(sample -> sample.failed(candidate, version)).count();
    return new Trial(
        candidate.label(),
        releases.head().last().map(last -> last.state().label()).orElse("-"),
        !releases.alias().equals(aliasBefore),
        weightPercent,
        during.size(),
        bad.size(),
        allBad - bad.size(),
        seconds(bad, back),
        story(entries));
  }

  /** A proposal changes no state yet: its own is named. */
  private static List<String> story(List<LedgerEntry> entries) {
    List<String> story = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      String state = entry.event() instanceof ReleaseEvent.Proposed ? "PROPOSED" : entry.to();
      if (story.isEmpty() || !story.getLast().equals(state)) {
        story.add(state);
      }
    }
    return List.copyOf(story);
  }

  private static double seconds(List<Sample> bad, Instant back) {
    return bad.stream()
        .map(Sample::ended)
        .min(Instant::compareTo)
        .map(first -> Math.max(0, Duration.between(first, back).toMillis() / MILLIS))
        .orElse(0.0);
  }
}
