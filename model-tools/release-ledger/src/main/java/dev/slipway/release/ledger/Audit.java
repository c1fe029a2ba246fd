package dev.slipway.release.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a whole history again and checks numbers, chain, transitions and snapshots; and whether the
 * store remembers that something was deleted or written twice.
 */
final class Audit {
  private static final int PAGE = 1000;

  private final EntryStore store;
  private final LedgerJson json;

  Audit(EntryStore store, LedgerJson json) {
    this.store = store;
    this.json = json;
  }

  AuditReport verify(String model) {
    List<String> problems = new ArrayList<>();
    for (String key : store.rewritten(model + "/")) {
      problems.add("LEDGER_ENTRY_REWRITTEN: " + key + " was deleted or written more than once");
    }
    LedgerState state = LedgerState.empty();
    long seen = 0;
    for (String key : keys(model)) {
      String expected = ReleaseLedger.key(model, state.head().seq() + 1);
      if (!key.equals(expected)) {
        problems.add("LEDGER_ENTRY_MISSING: expected " + expected + ", found " + key);
        break;
      }
      seen++;
      Optional<LedgerState> next = follow(state, key, problems);
      if (next.isEmpty()) {
        break;
      }
      state = next.get();
      checkSnapshot(model, state, problems);
    }
    return new AuditReport(seen, state.hash(), problems);
  }

  private Optional<LedgerState> follow(LedgerState state, String key, List<String> problems) {
    try {
      byte[] bytes = store.get(key).orElseThrow();
      return Optional.of(Fold.next(state, bytes, json.read(bytes, LedgerEntry.class, key), key));
    } catch (LedgerBrokenException broken) {
      problems.add(String.valueOf(broken.getMessage()));
      return Optional.empty();
    }
  }

  private void checkSnapshot(String model, LedgerState state, List<String> problems) {
    if (state.head().seq() % Snapshots.EVERY != 0) {
      return;
    }
    String key = Snapshots.key(model, state.head().seq());
    Optional<byte[]> found = store.get(key);
    if (found.isPresent() && !java.util.Arrays.equals(found.get(), json.write(state))) {
      problems.add("LEDGER_SNAPSHOT_WRONG: " + key + " is not the fold of the entries before it");
    }
  }

  private List<String> keys(String model) {
    List<String> all = new ArrayList<>();
    String after = model + "/";
    while (true) {
      List<String> page = store.list(model + "/", after, PAGE);
      page.stream().filter(key -> !Snapshots.isSnapshot(key)).forEach(all::add);
      if (page.size() < PAGE) {
        return all;
      }
      after = page.getLast();
    }
  }
}
