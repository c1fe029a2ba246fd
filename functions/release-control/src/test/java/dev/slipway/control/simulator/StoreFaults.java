package dev.slipway.control.simulator;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.release.ledger.EntryStore;
import dev.slipway.release.ledger.LedgerUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The ledger's store, each call of which may fail or be interrupted by others. */
public record StoreFaults(EntryStore store, Faults faults) implements EntryStore {
  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return call("PutObject", () -> store.putIfAbsent(key, content));
  }

  @Override
  public Optional<byte[]> get(String key) {
    return call("GetObject", () -> store.get(key));
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return call("ListObjects", () -> store.list(prefix, after, limit));
  }

  private <T> T call(String name, Supplier<T> effect) {
    try {
      return faults.perform(name, effect);
    } catch (ControlPlaneException failure) {
      throw new LedgerUnavailableException("SIMULATED: " + failure.getMessage(), failure);
    }
  }
}
