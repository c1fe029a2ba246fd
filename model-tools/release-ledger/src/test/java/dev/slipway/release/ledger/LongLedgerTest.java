package dev.slipway.release.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.release.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model with a long history is read as fast as a young one. */
final class LongLedgerTest {
  /** A tail that ends just before the next snapshot: the worst case. */
  private static final int ENTRIES = 10_000 + Snapshots.EVERY - 1;

  private static final VersionedEntryStore STORE = new VersionedEntryStore(true);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @BeforeAll
  static void write() {
    ReleaseLedger ledger = ledger();
    for (int run = 1; run <= ENTRIES; run++) {
      ledger.refuse("demo", "run-" + run, List.of(new Reason("BAD", "too bad")), "propose");
    }
  }

  @Test
  void read_tenThousandEntriesByANewProcess_needsFewRequests() {
    STORE.requests();
    long from = System.nanoTime();
    LedgerState state = ledger().read("demo");
    Duration took = Duration.ofNanos(System.nanoTime() - from);

    assertEquals(ENTRIES, state.head().seq());
    int requests = STORE.requests();
    assertTrue(requests <= Snapshots.EVERY + 2, requests + " requests");
    assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took.toString());
  }

  @Test
  void read_nothingNew_needsOneRequest() {
    ReleaseLedger ledger = ledger();
    ledger.read("demo");
    STORE.requests();
    ledger.read("demo");

    assertEquals(1, STORE.requests());
  }

  @Test
  void read_newestSnapshotUnreadable_foldsTheWholeLedgerInstead() {
    VersionedEntryStore store = new VersionedEntryStore(true);
    ReleaseLedger ledger = new ReleaseLedger(store, CLOCK);
    for (int run = 1; run <= Snapshots.EVERY + 1; run++) {
      ledger.refuse("demo", "run-" + run, List.of(new Reason("BAD", "too bad")), "propose");
    }
    String snapshot = Snapshots.key("demo", Snapshots.EVERY);
    store.overwrite(snapshot, new byte[] {'{'});

    ReleaseLedger other = new ReleaseLedger(store, CLOCK);

    assertEquals(ledger.read("demo"), other.read("demo"));
    assertTrue(
        other.audit("demo").problems().stream().anyMatch(problem -> problem.contains(snapshot)));
  }

  private static ReleaseLedger ledger() {
    return new ReleaseLedger(STORE, CLOCK);
  }
}
