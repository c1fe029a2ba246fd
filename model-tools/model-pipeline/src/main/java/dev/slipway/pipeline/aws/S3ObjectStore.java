package dev.slipway.pipeline.aws;

import dev.slipway.pipeline.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3, found by the SDK's usual environment. Thread-safe; whoever opens it closes it. */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
  /** What S3 answers to a conditional write where an object is, and while another write runs. */
  private static final int PRECONDITION_FAILED = 412;

  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;

  private S3ObjectStore(S3Client s3) {
    this.s3 = s3;
  }

  /** {@return a store over S3; with a local endpoint buckets stand in the path} */
  public static S3ObjectStore open() {
    return new S3ObjectStore(
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .forcePathStyle(System.getenv("AWS_ENDPOINT_URL") != null)
            .build());
  }

  @Override
  public Optional<byte[]> read(String bucket, String key) {
    try {
      return Optional.of(
          s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray());
    } catch (NoSuchKeyException _) {
      // Absence is an answer.
      return Optional.empty();
    }
  }

  @Override
  public boolean download(String bucket, String key, Optional<String> versionId, Path file) {
    try {
      Files.deleteIfExists(file);
      s3.getObject(
          request -> {
            request.bucket(bucket).key(key);
            versionId.ifPresent(request::versionId);
          },
          file);
      return true;
    } catch (S3Exception failed) {
      // Absence is an answer: no such key, or no such version of it.
      if (failed.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failed;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + file + " failed", unwritable);
    }
  }

  @Override
  public void write(String bucket, String key, byte[] content) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  @Override
  public void upload(String bucket, String key, Path file) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
  }

  @Override
  public boolean writeIfAbsent(String bucket, String key, byte[] content) {
    try {
      s3.putObject(
          request -> request.bucket(bucket).key(key).ifNoneMatch("*"),
          RequestBody.fromBytes(content));
      return true;
    } catch (S3Exception refused) {
      if (refused.statusCode() == PRECONDITION_FAILED || refused.statusCode() == CONFLICT) {
        return false;
      }
      throw refused;
    }
  }

  @Override
  public void close() {
    s3.close();
  }
}
