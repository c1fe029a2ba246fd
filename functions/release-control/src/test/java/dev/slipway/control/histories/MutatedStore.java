package dev.slipway.control.histories;

import dev.slipway.release.ledger.EntryStore;
import dev.slipway.release.ledger.InMemoryEntryStore;
import dev.slipway.release.ledger.LedgerUnavailableException;
import java.util.List;
import java.util.Optional;

/** The ledger's store as a mutant sees it. */
final class MutatedStore implements EntryStore {
  private final Mutant mutant;
  private final EntryStore store;
  private final InMemoryEntryStore entries;
  private String horizon = "";

  MutatedStore(Mutant mutant, EntryStore store, InMemoryEntryStore entries) {
    this.mutant = mutant;
    this.store = store;
    this.entries = entries;
  }

  /** From now on nothing written later is seen. */
  void freeze() {
    List<String> keys = entries.list("demo/0", "demo/0", Integer.MAX_VALUE);
    horizon = keys.isEmpty() ? "demo/0" : keys.getLast();
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    if (mutant == Mutant.NO_HEAD_GUARD && entries.get(key).isPresent()) {
      entries.overwrite(key, content);
      return true;
    }
    try {
      return store.putIfAbsent(key, content);
    } catch (LedgerUnavailableException failure) {
      if (mutant == Mutant.LOST_ENTRY_IS_WRITTEN) {
        return true;
      }
      throw failure;
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    boolean hidden =
        mutant == Mutant.HEAD_READ_FIRST
            && !horizon.isEmpty()
            && key.startsWith("demo/0")
            && key.compareTo(horizon) > 0;
    return hidden ? Optional.empty() : store.get(key);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return store.list(prefix, after, limit);
  }
}
