package dev.slipway.release.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Objects that are written once. Reads after writes are strongly consistent. Implementations are
 * thread-safe and throw {@link LedgerUnavailableException} when the store does not answer.
 */
public interface EntryStore {
  /**
   * Writes an object where none is.
   *
   * @return false when an object with this key exists already, whatever it holds
   */
  boolean putIfAbsent(String key, byte[] content);

  /** {@return the object's bytes; empty when there is none} */
  Optional<byte[]> get(String key);

  /**
   * {@return keys with this prefix that sort after {@code after}, ascending, at most {@code limit}}
   */
  List<String> list(String prefix, String after, int limit);

  /**
   * {@return keys with this prefix that were deleted or written more than once, ascending}
   *
   * <p>Entries are written once, so each of these was forged, even the last one, which no later
   * entry vouches for. A store that keeps no versions knows of none.
   */
  default List<String> rewritten(String prefix) {
    return List.of();
  }
}
