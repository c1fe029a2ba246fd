package dev.slipway.cli.aws;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The bucket that data is uploaded to. */
public final class Datasets {
  private final S3Client s3;
  private final String bucket;

  public Datasets(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** One uploaded object version. */
  public record Uploaded(String uri, String bucket, String key, String versionId) {}

  /** Puts {@code file} where the pipeline of {@code model} sees it. */
  public Uploaded upload(String model, Path file) {
    String key = "datasets/%s/%s".formatted(model, file.getFileName());
    PutObjectResponse reply =
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
    return uploaded(key, reply.versionId());
  }

  /** {@return the object version of {@code model} that was uploaded last} */
  public Optional<Uploaded> latest(String model) {
    return s3
        .listObjectVersionsPaginator(
            request -> request.bucket(bucket).prefix("datasets/" + model + "/"))
        .versions()
        .stream()
        .max(Comparator.comparing(ObjectVersion::lastModified))
        .map(version -> uploaded(version.key(), version.versionId()));
  }

  private Uploaded uploaded(String key, String versionId) {
    return new Uploaded("s3://%s/%s".formatted(bucket, key), bucket, key, versionId);
  }
}
