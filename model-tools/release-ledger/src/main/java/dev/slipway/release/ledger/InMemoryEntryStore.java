package dev.slipway.release.ledger;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Entries in memory: for tests, and for trying the state machine out. Thread-safe. */
public final class InMemoryEntryStore implements EntryStore {
  private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return objects.putIfAbsent(key, content.clone()) == null;
  }

  @Override
  public Optional<byte[]> get(String key) {
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return objects.tailMap(after, false).keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .limit(limit)
        .toList();
  }

  /** Replaces an object, as an attacker with too many rights would. */
  public void overwrite(String key, byte[] content) {
    objects.put(key, content.clone());
  }

  /** Removes an object, as an attacker with too many rights would. */
  public void remove(String key) {
    objects.remove(key);
  }
}
