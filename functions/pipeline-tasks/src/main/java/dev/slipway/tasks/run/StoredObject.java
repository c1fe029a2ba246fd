package dev.slipway.tasks.run;

import java.time.Instant;

/**
 * One version of an object, as the object store itself describes it.
 *
 * @param bucket where it lies
 * @param key its full key
 * @param versionId which version; {@code null} (the word) in a bucket without versions
 * @param size in bytes
 * @param lastModified when it was written
 */
public record StoredObject(
    String bucket, String key, String versionId, long size, Instant lastModified) {}
