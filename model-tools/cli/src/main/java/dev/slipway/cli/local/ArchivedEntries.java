package dev.slipway.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.release.ledger.EntryStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The entries of a ledger that ended with its local AWS, read from the mirror on disk. */
public final class ArchivedEntries implements EntryStore {
  private final Plugin plugin;
  private final String bucket;
  private final long epoch;
  private final TreeSet<String> keys = new TreeSet<>();

  private ArchivedEntries(Plugin plugin, String bucket, long epoch) {
    this.plugin = plugin;
    this.bucket = bucket;
    this.epoch = epoch;
  }

  /** {@return the entries of every ended epoch, newest epoch first} */
  public static List<ArchivedEntries> newestFirst(Plugin plugin, String bucket) {
    TreeMap<Long, ArchivedEntries> epochs = new TreeMap<>(Comparator.reverseOrder());
    for (JsonNode entry : plugin.archived(bucket).path("entries")) {
      long epoch = entry.path("epoch").asLong();
      epochs
          .computeIfAbsent(epoch, number -> new ArchivedEntries(plugin, bucket, number))
          .keys
          .add(entry.path("key").asText());
    }
    return List.copyOf(epochs.values());
  }

  /** {@return true, and nothing written: an ended ledger never changes} */
  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return true;
  }

  @Override
  public Optional<byte[]> get(String key) {
    return keys.contains(key)
        ? Optional.of(plugin.archivedEntry(bucket, epoch, key))
        : Optional.empty();
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return keys.tailSet(after, false).stream()
        .filter(key -> key.startsWith(prefix))
        .limit(limit)
        .toList();
  }
}
