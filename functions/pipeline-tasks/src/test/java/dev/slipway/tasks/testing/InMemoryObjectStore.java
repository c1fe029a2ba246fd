package dev.slipway.tasks.testing;

import dev.slipway.tasks.run.ObjectStore;
import dev.slipway.tasks.run.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A versioned object store; versions are numbered, times are seconds after a fixed one. */
public final class InMemoryObjectStore implements ObjectStore {
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, List<byte[]>> versions = new TreeMap<>();
  private final List<String> opened = new ArrayList<>();

  /** Writes a version and describes it. */
  public StoredObject write(String bucket, String key, byte[] content) {
    List<byte[]> list = versions.computeIfAbsent(bucket + "/" + key, _ -> new ArrayList<>());
    list.add(content.clone());
    return object(bucket, key, list.size());
  }

  /** {@return the newest text of an object; empty when there is none} */
  public String text(String bucket, String key) {
    return read(bucket, key).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  /** {@return all places that hold something, sorted} */
  public List<String> places() {
    return List.copyOf(versions.keySet());
  }

  /** {@return the places whose content was streamed} */
  public List<String> opened() {
    return List.copyOf(opened);
  }

  @Override
  public Optional<StoredObject> describe(String bucket, String key, Optional<String> versionId) {
    List<byte[]> list = versions.getOrDefault(bucket + "/" + key, List.of());
    int number = versionId.map(InMemoryObjectStore::number).orElse(list.size());
    return number < 1 || number > list.size()
        ? Optional.empty()
        : Optional.of(object(bucket, key, number));
  }

  @Override
  public Optional<InputStream> open(StoredObject object) {
    String place = object.bucket() + "/" + object.key();
    opened.add(place);
    return Optional.ofNullable(versions.get(place))
        .map(list -> new ByteArrayInputStream(list.get(number(object.versionId()) - 1)));
  }

  @Override
  public Optional<byte[]> read(String bucket, String key) {
    return Optional.ofNullable(versions.get(bucket + "/" + key)).map(List::getLast);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    if (versions.containsKey(bucket + "/" + key)) {
      return false;
    }
    write(bucket, key, content);
    return true;
  }

  @Override
  public void put(String bucket, String key, byte[] content, String contentType) {
    write(bucket, key, content);
  }

  private StoredObject object(String bucket, String key, int number) {
    byte[] content = versions.getOrDefault(bucket + "/" + key, List.of()).get(number - 1);
    return new StoredObject(
        bucket, key, "v" + number, content.length, BEGINNING.plusSeconds(number));
  }

  private static int number(String versionId) {
    return versionId.matches("v[0-9]{1,6}") ? Integer.parseInt(versionId.substring(1)) : 0;
  }
}
