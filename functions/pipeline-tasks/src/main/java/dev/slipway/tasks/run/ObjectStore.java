package dev.slipway.tasks.run;

import java.io.InputStream;
import java.util.Optional;

/**
 * Objects in buckets. Implementations are thread-safe and throw {@link TaskException} when the
 * service does not answer.
 */
public interface ObjectStore {
  /**
   * {@return what the store says about an object now; empty when there is none}
   *
   * @param versionId which version; empty for the newest
   */
  Optional<StoredObject> describe(String bucket, String key, Optional<String> versionId);

  /** {@return the bytes of one version; the caller closes them} Empty when it is gone. */
  Optional<InputStream> open(StoredObject object);

  /** {@return the newest bytes of a small object; empty when there is none} */
  Optional<byte[]> read(String bucket, String key);

  /**
   * Writes an object where none is.
   *
   * @return false when one is there already
   */
  boolean putIfAbsent(String bucket, String key, byte[] content);

  /** Writes an object, replacing what is there. */
  void put(String bucket, String key, byte[] content, String contentType);
}
