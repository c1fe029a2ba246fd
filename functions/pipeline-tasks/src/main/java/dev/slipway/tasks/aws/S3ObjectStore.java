package dev.slipway.tasks.aws;

import dev.slipway.tasks.run.ObjectStore;
import dev.slipway.tasks.run.StoredObject;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects in S3. */
final class S3ObjectStore implements ObjectStore {
  private static final String NO_VERSION = "null";
  private static final int PRECONDITION_FAILED = 412;
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final S3Client s3;

  S3ObjectStore(S3Client s3) {
    this.s3 = s3;
  }

  @Override
  public Optional<StoredObject> describe(String bucket, String key, Optional<String> versionId) {
    HeadObjectRequest.Builder head = HeadObjectRequest.builder().bucket(bucket).key(key);
    versionId.ifPresent(head::versionId);
    return AwsCalls.find("describe " + place(bucket, key), () -> describe(head.build()))
        .map(found -> object(bucket, key, found));
  }

  /**
   * A version id that S3 cannot have given is answered by 400, the version of a deletion by 405:
   * neither is there.
   */
  private HeadObjectResponse describe(HeadObjectRequest head) {
    try {
      return s3.headObject(head);
    } catch (S3Exception failure) {
      boolean never =
          failure.statusCode() == BAD_REQUEST || failure.statusCode() == METHOD_NOT_ALLOWED;
      throw never && head.versionId() != null ? notFound(failure) : failure;
    }
  }

  private static AwsServiceException notFound(S3Exception failure) {
    return S3Exception.builder()
        .statusCode(404)
        .message(failure.getMessage())
        .cause(failure)
        .build();
  }

  private static StoredObject object(String bucket, String key, HeadObjectResponse found) {
    String version = found.versionId();
    return new StoredObject(
        bucket,
        key,
        version == null ? NO_VERSION : version,
        found.contentLength(),
        found.lastModified());
  }

  @Override
  public Optional<InputStream> open(StoredObject object) {
    GetObjectRequest.Builder get =
        GetObjectRequest.builder().bucket(object.bucket()).key(object.key());
    if (!object.versionId().equals(NO_VERSION)) {
      get.versionId(object.versionId());
    }
    return AwsCalls.find(
        "read " + place(object.bucket(), object.key()), () -> s3.getObject(get.build()));
  }

  @Override
  public Optional<byte[]> read(String bucket, String key) {
    return AwsCalls.find(
        "read " + place(bucket, key),
        () -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray());
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    return AwsCalls.call(
        "write " + place(bucket, key),
        () -> {
          try {
            s3.putObject(
                put -> put.bucket(bucket).key(key).ifNoneMatch("*").contentType("application/json"),
                RequestBody.fromBytes(content));
            return true;
          } catch (S3Exception failure) {
            if (failure.statusCode() == PRECONDITION_FAILED) {
              return false;
            }
            throw failure;
          }
        });
  }

  @Override
  public void put(String bucket, String key, byte[] content, String contentType) {
    AwsCalls.call(
        "write " + place(bucket, key),
        () ->
            s3.putObject(
                put -> put.bucket(bucket).key(key).contentType(contentType),
                RequestBody.fromBytes(content)));
  }

  private static String place(String bucket, String key) {
    return "s3://" + bucket + "/" + key;
  }
}
