package dev.slipway.release.ledger;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts requests and, like a versioned bucket, remembers what was tampered with. */
final class VersionedEntryStore implements EntryStore {
  private final InMemoryEntryStore store = new InMemoryEntryStore();
  private final ConcurrentSkipListSet<String> rewritten = new ConcurrentSkipListSet<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final boolean versioned;

  VersionedEntryStore(boolean versioned) {
    this.versioned = versioned;
  }

  /** Takes over what another store holds. */
  VersionedEntryStore with(EntryStore other, String model) {
    other
        .list(model + "/", model + "/", 10_000)
        .forEach(key -> store.putIfAbsent(key, other.get(key).orElseThrow()));
    return this;
  }

  /** {@return requests since the last call} */
  int requests() {
    return requests.getAndSet(0);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    requests.incrementAndGet();
    return store.putIfAbsent(key, content);
  }

  @Override
  public Optional<byte[]> get(String key) {
    requests.incrementAndGet();
    return store.get(key);
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    requests.incrementAndGet();
    return store.list(prefix, after, limit);
  }

  @Override
  public List<String> rewritten(String prefix) {
    requests.incrementAndGet();
    return versioned
        ? rewritten.stream().filter(key -> key.startsWith(prefix)).toList()
        : List.of();
  }

  void overwrite(String key, byte[] content) {
    rewritten.add(key);
    store.overwrite(key, content);
  }

  void remove(String key) {
    rewritten.add(key);
    store.remove(key);
  }
}
