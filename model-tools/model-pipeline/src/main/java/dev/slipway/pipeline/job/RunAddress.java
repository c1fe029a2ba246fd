package dev.slipway.pipeline.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a {@code run.json} lies.
 *
 * @param bucket its bucket
 * @param key its key
 */
record RunAddress(String bucket, String key) {
  private static final Pattern FORM = Pattern.compile("s3://([^/]+)/(.+)");

  static RunAddress of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("--run is '" + text + "'; expected s3://bucket/key");
    }
    return new RunAddress(matcher.group(1), matcher.group(2));
  }
}
