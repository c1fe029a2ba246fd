package dev.slipway.release.aws;

import dev.slipway.release.ledger.EntryStore;
import dev.slipway.release.ledger.LedgerUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Ledger entries in an S3 bucket of their own, written with {@code If-None-Match: *}. Thread-safe;
 * the client belongs to the caller.
 */
public final class S3EntryStore implements EntryStore {
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int ATTEMPTS = 5;

  private final S3Client client;
  private final String bucket;

  /**
   * Entries in a bucket.
   *
   * @param client reads and writes; not closed here
   * @param bucket holds ledgers and nothing else
   */
  public S3EntryStore(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.putObject(
            put -> put.bucket(bucket).key(key).ifNoneMatch("*").contentType("application/json"),
            RequestBody.fromBytes(content));
        return true;
      } catch (S3Exception failure) {
        if (failure.statusCode() == PRECONDITION_FAILED) {
          return false;
        }
        // 409: two conditional writes met; the service asks to try again.
        if (failure.statusCode() != CONFLICT || attempt == ATTEMPTS) {
          throw unavailable("write", key, failure);
        }
      } catch (SdkException failure) {
        throw unavailable("write", key, failure);
      }
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    try {
      return Optional.of(client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray());
    } catch (NoSuchKeyException missing) {
      return Optional.empty();
    } catch (SdkException failure) {
      throw unavailable("read", key, failure);
    }
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    try {
      return client
          .listObjectsV2(
              list -> list.bucket(bucket).prefix(prefix).startAfter(after).maxKeys(limit))
          .contents()
          .stream()
          .map(S3Object::key)
          .toList();
    } catch (SdkException failure) {
      throw unavailable("list", prefix, failure);
    }
  }

  @Override
  public List<String> rewritten(String prefix) {
    try {
      Map<String, Integer> versions = new TreeMap<>();
      client.listObjectVersionsPaginator(list -> list.bucket(bucket).prefix(prefix)).stream()
          .forEach(page -> {
            page.versions().forEach(version -> versions.merge(version.key(), 1, Integer::sum));
            page.deleteMarkers().forEach(marker -> versions.merge(marker.key(), 2, Integer::sum));
          });
      versions.values().removeIf(count -> count == 1);
      return List.copyOf(versions.keySet());
    } catch (SdkException failure) {
      throw unavailable("list the versions of", prefix, failure);
    }
  }

  private LedgerUnavailableException unavailable(String what, String key, SdkException failure) {
    return new LedgerUnavailableException(
        "LEDGER_UNAVAILABLE: could not "
            + what
            + " s3://"
            + bucket
            + "/"
            + key
            + "; nothing was moved, the next look tries again: "
            + failure.getMessage(),
        failure);
  }
}
