package dev.slipway.tasks.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where the files of one run and its bundle lie in the registry bucket.
 *
 * @param registry the bucket
 * @param model whose run
 * @param runId which run
 */
public record RunFiles(String registry, String model, String runId) {
  private static final Pattern MODEL = Pattern.compile("[a-z][a-z0-9-]{1,40}");
  private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{32}");
  private static final int RUN_ID_DIGITS = 32;

  /** Refuses names that could leave their place in the bucket. */
  public RunFiles {
    if (!isModel(model) || !RUN_ID.matcher(runId).matches()) {
      throw new IllegalArgumentException(
          "RUN_INVALID: expected a model [a-z][a-z0-9-]{1,40} and a run of 32 hexadecimal digits,"
              + " found "
              + model
              + " and "
              + runId);
    }
  }

  /** {@return whether a text can be a model's name} */
  public static boolean isModel(String text) {
    return MODEL.matcher(text).matches();
  }

  /** {@return the run of an object version: equal versions have equal runs} */
  public static String runIdOf(StoredObject source) {
    String name = source.bucket() + "\n" + source.key() + "\n" + source.versionId();
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, RUN_ID_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** {@return the key of a file of the run} */
  public String key(String file) {
    return "runs/" + model + "/" + runId + "/" + file;
  }

  /** {@return the key of a step's result} */
  public String result(String step) {
    return key(step + "-result.json");
  }

  /** {@return the key of the run's description} */
  public String description() {
    return key("run.json");
  }

  /** {@return the run's description as the jobs are given it} */
  public String uri() {
    return "s3://" + registry + "/" + description();
  }

  /** {@return the key of a file of one of the model's bundles} */
  public String bundle(String digest, String file) {
    return "bundles/" + model + "/" + digest + "/" + file;
  }
}
