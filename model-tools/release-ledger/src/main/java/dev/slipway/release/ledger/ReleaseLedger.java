package dev.slipway.release.ledger;

import dev.slipway.release.Head;
import dev.slipway.release.Outcome;
import dev.slipway.release.Proposal;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Transition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Reads and appends the histories of models. Writing number {@code seq + 1} where none is, is the
 * compare-and-set and the audit entry at once. Thread-safe; entries never change, so what was
 * folded once is kept and only newer entries are read.
 */
public final class ReleaseLedger {
  /** Each attempt lost means that somebody else got on; twenty in a row is a fault. */
  private static final int ATTEMPTS = 20;

  private final EntryStore store;
  private final Clock clock;
  private final LedgerJson json = new LedgerJson();
  private final Snapshots snapshots;
  private final ConcurrentMap<String, LedgerState> folded = new ConcurrentHashMap<>();

  /**
   * A ledger over a store.
   *
   * @param store where the entries lie
   * @param clock the time written into entries
   */
  public ReleaseLedger(EntryStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.snapshots = new Snapshots(store, json);
  }

  /**
   * {@return the state of a model now, strongly consistent}
   *
   * @throws LedgerBrokenException when an entry does not follow from the ones before
   */
  public LedgerState read(String model) {
    LedgerState known = folded.get(model);
    LedgerState state = known != null ? known : snapshots.newest(model).orElse(LedgerState.empty());
    LedgerState now = foldFrom(model, state);
    folded.put(model, now);
    return now;
  }

  /**
   * Appends an event to exactly the state that was read.
   *
   * @param model whose ledger
   * @param state what was read and planned on
   * @param event what happens
   * @param actor who
   * @param evidence numbers behind it, for people
   */
  public AppendResult append(
      String model,
      LedgerState state,
      ReleaseEvent event,
      String actor,
      SortedMap<String, String> evidence) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return switch (Transition.apply(state.head(), event, actor, at)) {
      case Outcome.Refused(var reason) -> new AppendResult.Refused(reason);
      case Outcome.Applied(Head head, String from, String to) -> {
        LedgerEntry entry =
            new LedgerEntry(
                1,
                head.seq(),
                at,
                actor,
                UUID.randomUUID().toString(),
                releaseOf(state.head(), head),
                from,
                to,
                event,
                evidence,
                state.hash());
        yield write(model, entry, head);
      }
    };
  }

  /**
   * Proposes a release. Repeating the call is harmless: a proposal whose id is known is refused
   * with code {@code RELEASE_KNOWN}, and one on data older than a newer proposal with {@code
   * DATASET_STALE} (then {@link #refuse} the run with that reason).
   *
   * @param model whose ledger
   * @param proposal what is asked; its id is unique, such as {@code run-} and the run's id
   * @param actor who asks, such as {@code propose} or {@code operator:NAME}
   * @param evidence numbers behind it, for people
   */
  public AppendResult propose(
      String model, Proposal proposal, String actor, SortedMap<String, String> evidence) {
    return insist(model, new ReleaseEvent.Proposed(proposal), actor, evidence);
  }

  /**
   * Records that a run ended without a bundle worth proposing. Repeating the call is harmless: a
   * known run is refused with code {@code RUN_KNOWN}.
   *
   * @param model whose ledger
   * @param runId the run
   * @param reasons why; at least one
   * @param actor who says so, such as {@code intake} or {@code propose}
   */
  public AppendResult refuse(String model, String runId, List<Reason> reasons, String actor) {
    return insist(
        model, new ReleaseEvent.Refused(runId, reasons, Optional.empty()), actor, new TreeMap<>());
  }

  /**
   * Appends an event whatever the state is, reading again whenever somebody else was first.
   *
   * @return never {@link AppendResult.Overtaken}
   * @throws LedgerUnavailableException when others were first in {@value #ATTEMPTS} attempts
   */
  public AppendResult insist(
      String model, ReleaseEvent event, String actor, SortedMap<String, String> evidence) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      AppendResult result = append(model, read(model), event, actor, evidence);
      if (!(result instanceof AppendResult.Overtaken)) {
        return result;
      }
    }
    throw new LedgerUnavailableException(
        "LEDGER_BUSY: others wrote first in " + ATTEMPTS + " attempts on " + model + "; try again");
  }

  /** {@return up to {@code limit} entries from number {@code first} on, ascending} */
  public List<LedgerEntry> entries(String model, long first, int limit) {
    return store.list(model + "/", key(model, first - 1), limit).stream()
        .filter(key -> !Snapshots.isSnapshot(key))
        .map(key -> json.read(store.get(key).orElseThrow(), LedgerEntry.class, key))
        .toList();
  }

  /** {@return what the audit of a model's whole history found} */
  public AuditReport audit(String model) {
    return new Audit(store, json).verify(model);
  }

  private AppendResult write(String model, LedgerEntry entry, Head head) {
    byte[] bytes = json.write(entry);
    String key = key(model, entry.seq());
    boolean written = store.putIfAbsent(key, bytes);
    if (!written && !isOurs(key, bytes)) {
      return new AppendResult.Overtaken();
    }
    LedgerState after = new LedgerState(head, Hashes.sha256(bytes));
    folded.put(model, after);
    snapshots.keep(model, after);
    return new AppendResult.Appended(after);
  }

  /** A reply may be lost and the write repeated: then what stands there is our own. */
  private boolean isOurs(String key, byte[] bytes) {
    return store.get(key).filter(found -> java.util.Arrays.equals(found, bytes)).isPresent();
  }

  private LedgerState foldFrom(String model, LedgerState start) {
    LedgerState state = start;
    while (true) {
      String key = key(model, state.head().seq() + 1);
      Optional<byte[]> bytes = store.get(key);
      if (bytes.isEmpty()) {
        return state;
      }
      state = Fold.next(state, bytes.get(), json.read(bytes.get(), LedgerEntry.class, key), key);
    }
  }

  private static Optional<String> releaseOf(Head before, Head after) {
    return after.active().or(before::active).or(after::pending).or(after::last).map(Release::id);
  }

  static String key(String model, long seq) {
    return "%s/%012d.json".formatted(model, seq);
  }
}
