package dev.slipway.pipeline.recipe;

/**
 * Where the data of a bundle came from.
 *
 * @param bucket empty: a local file
 * @param key the object's key, or the file's name
 * @param versionId the object's version; empty: a local file
 */
public record Origin(String bucket, String key, String versionId) {
  /** {@return the origin of a local file} */
  public static Origin file(String name) {
    return new Origin("", name, "");
  }
}
