package dev.slipway.control.port;

/**
 * An object.
 *
 * @param bucket its bucket
 * @param key its key
 */
public record S3Place(String bucket, String key) {
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
