package dev.slipway.release.check;

import dev.slipway.release.Head;
import dev.slipway.release.Intent;
import dev.slipway.release.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The whole world of one model. Times are reduced to early and late, and the ledger to its fold.
 *
 * @param head the ledger
 * @param alias the live alias
 * @param before the alias one write ago, for stale reads
 * @param lambda the versions that exist, and whether each holds what was verified
 * @param latest whether $LATEST holds the code of the active release
 * @param publishedOfLatest the version made of $LATEST as it is now; 0 when none was
 * @param alarms versions in ALARM
 * @param workers the workers
 * @param budget what may still come from outside
 */
record State(
    Head head,
    View.SeenAlias alias,
    View.SeenAlias before,
    TreeMap<Integer, Boolean> lambda,
    boolean latest,
    int publishedOfLatest,
    Set<Integer> alarms,
    List<Worker> workers,
    Budget budget) {
  /** The time at which nothing is due yet. */
  static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  /** The time at which everything is due. */
  static final Instant LATE = Instant.parse("2027-01-01T00:00:00Z");

  /**
   * What may still come from outside.
   *
   * @param arrivals new models
   * @param people commands
   * @param alarms alarms
   * @param deploys {@code cdk deploy}
   * @param foreign alias writes past the controller
   */
  record Budget(int arrivals, int people, int alarms, int deploys, int foreign) {}

  State with(Head next) {
    return new State(
        next,
        alias,
        before,
        lambda,
        latest,
        publishedOfLatest,
        alarms,
        workers.stream().map(Worker::headMoved).toList(),
        budget);
  }

  State with(View.SeenAlias next) {
    return new State(
        head,
        next,
        alias,
        lambda,
        latest,
        publishedOfLatest,
        alarms,
        workers.stream().map(Worker::aliasMoved).toList(),
        budget);
  }

  State with(int index, Worker worker) {
    List<Worker> next = new java.util.ArrayList<>(workers);
    next.set(index, worker);
    return new State(
        head, alias, before, lambda, latest, publishedOfLatest, alarms, List.copyOf(next), budget);
  }

  State withLatest(boolean ours) {
    return new State(head, alias, before, lambda, ours, 0, alarms, workers, budget);
  }

  State withVersion(int number, boolean ours) {
    TreeMap<Integer, Boolean> next = new TreeMap<>(lambda);
    next.put(number, ours);
    return new State(head, alias, before, next, latest, number, alarms, workers, budget);
  }

  State without(int number) {
    TreeMap<Integer, Boolean> next = new TreeMap<>(lambda);
    next.remove(number);
    return new State(head, alias, before, next, latest, publishedOfLatest, alarms, workers, budget);
  }

  State alarmed(int number) {
    Set<Integer> next = new TreeSet<>(alarms);
    next.add(number);
    return new State(head, alias, before, lambda, latest, publishedOfLatest, next, workers, budget);
  }

  State with(Budget next) {
    return new State(head, alias, before, lambda, latest, publishedOfLatest, alarms, workers, next);
  }

  /** Workers are alike: which of them is where does not matter. */
  long fingerprint() {
    long[] each = workers.stream().mapToLong(Worker::fingerprint).sorted().toArray();
    long versions = 0;
    for (var entry : lambda.entrySet()) {
      versions = Fingerprint.of(versions, entry.getKey(), Fingerprint.of(entry.getValue()));
    }
    long raised = 0;
    for (int alarm : alarms) {
      raised = Fingerprint.of(raised, alarm);
    }
    long outside =
        Fingerprint.of(
            budget.arrivals(),
            budget.people(),
            budget.alarms(),
            budget.deploys(),
            budget.foreign());
    return Fingerprint.of(
        Fingerprint.of(head),
        Fingerprint.of(alias.content()),
        Fingerprint.of(ours(head, alias)),
        Fingerprint.of(before.content()),
        Fingerprint.of(ours(head, before)),
        versions,
        Fingerprint.of(latest),
        publishedOfLatest,
        raised,
        outside,
        Fingerprint.of(each));
  }

  /** Whether the entry that the alias names wanted this content. */
  static boolean ours(Head head, View.SeenAlias alias) {
    return alias.seq().isPresent()
        && head.intents().reversed().stream()
            .filter(intent -> intent.seq() <= alias.seq().getAsLong())
            .findFirst()
            .map(Intent::content)
            .equals(Optional.of(alias.content()));
  }
}
