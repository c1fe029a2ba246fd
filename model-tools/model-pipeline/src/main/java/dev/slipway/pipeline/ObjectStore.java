package dev.slipway.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/** The buckets a job reads and writes. Failures of the store itself are unchecked exceptions. */
public interface ObjectStore {
  /** {@return the content of an object; empty when there is none} */
  Optional<byte[]> read(String bucket, String key);

  /**
   * Copies an object into a file, which it replaces.
   *
   * @param versionId empty: the newest version
   * @return whether the object exists
   */
  boolean download(String bucket, String key, Optional<String> versionId, Path file);

  /** Writes an object. */
  void write(String bucket, String key, byte[] content);

  /** Copies a file into an object. */
  void upload(String bucket, String key, Path file);

  /** Writes an object where none is; {@return whether it was written} */
  boolean writeIfAbsent(String bucket, String key, byte[] content);
}
