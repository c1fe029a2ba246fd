package dev.slipway.release.ledger;

import java.util.List;
import java.util.Optional;

/**
 * A state every twenty entries, so that a read is a snapshot and a tail: at most 22 requests. A
 * snapshot's key counts downwards: the first one in order is the newest. Losing one costs time,
 * never truth; one that cannot be read counts as lost, and the audit names it.
 */
final class Snapshots {
  static final int EVERY = 20;
  private static final String FOLDER = "snapshots/";
  private static final long HIGHEST = 999_999_999_999L;

  private final EntryStore store;
  private final LedgerJson json;

  Snapshots(EntryStore store, LedgerJson json) {
    this.store = store;
    this.json = json;
  }

  static boolean isSnapshot(String key) {
    return key.contains("/" + FOLDER);
  }

  Optional<LedgerState> newest(String model) {
    List<String> keys = store.list(model + "/" + FOLDER, model + "/" + FOLDER, 1);
    return keys.stream().findFirst().flatMap(this::read);
  }

  private Optional<LedgerState> read(String key) {
    try {
      return store.get(key).map(bytes -> json.read(bytes, LedgerState.class, key));
    } catch (LedgerBrokenException unreadable) {
      return Optional.empty();
    }
  }

  void keep(String model, LedgerState state) {
    if (state.head().seq() % EVERY == 0) {
      boolean first = store.putIfAbsent(key(model, state.head().seq()), json.write(state));
      if (!first) {
        // Another worker kept the same state: entries are immutable, so both are equal.
        return;
      }
    }
  }

  static String key(String model, long seq) {
    return "%s/%s%012d.json".formatted(model, FOLDER, HIGHEST - seq);
  }
}
