package dev.slipway.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads JSON objects of one bucket. */
public final class JsonObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final S3Client s3;
  private final String bucket;

  public JsonObjects(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** {@return the object at {@code key}, empty when there is none} */
  public Optional<JsonNode> read(String key) {
    try {
      ResponseBytes<GetObjectResponse> bytes =
          s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
      return Optional.of(JSON.readTree(bytes.asByteArrayUnsafe()));
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    } catch (IOException malformed) {
      throw new Refusal(
          "OBJECT_MALFORMED", "s3://%s/%s is not JSON".formatted(bucket, key), malformed);
    }
  }

  /** {@return the names one level below {@code prefix}, which ends with a slash} */
  public List<String> folders(String prefix) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(CommonPrefix::prefix)
        .map(found -> found.substring(prefix.length(), found.length() - 1))
        .toList();
  }

  /** {@return every object below {@code prefix}} */
  public List<S3Object> list(String prefix) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .toList();
  }
}
