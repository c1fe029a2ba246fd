package dev.slipway.cli.aws;

import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.UploadFile;
import java.nio.file.Files;
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

  /**
   * Puts {@code file} where the pipeline of the model sees it; before a finished model the files
   * that lie beside it, because its run takes those that are there when it comes.
   */
  public Uploaded upload(ModelSpec spec, Path file) {
    String name = file.getFileName().toString();
    if (UploadFile.isModel(name)) {
      for (UploadFile beside : UploadFile.values()) {
        Path there = file.resolveSibling(beside.nameBeside(spec, name));
        if (Files.isRegularFile(there)) {
          put(spec.name(), there);
        }
      }
    }
    return put(spec.name(), file);
  }

  private Uploaded put(String model, Path file) {
    String key = "datasets/%s/%s".formatted(model, file.getFileName());
    PutObjectResponse reply =
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
    return uploaded(key, reply.versionId());
  }

  /** {@return the object version of the model that was uploaded last, not a file beside one} */
  public Optional<Uploaded> latest(ModelSpec spec) {
    return s3
        .listObjectVersionsPaginator(
            request -> request.bucket(bucket).prefix("datasets/" + spec.name() + "/"))
        .versions()
        .stream()
        .filter(version -> UploadFile.beside(spec, fileName(version.key())).isEmpty())
        .max(Comparator.comparing(ObjectVersion::lastModified))
        .map(version -> uploaded(version.key(), version.versionId()));
  }

  private static String fileName(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  private Uploaded uploaded(String key, String versionId) {
    return new Uploaded("s3://%s/%s".formatted(bucket, key), bucket, key, versionId);
  }
}
