package dev.slipway.control.wish;

import dev.slipway.bundle.Digest;
import dev.slipway.control.port.S3Place;
import dev.slipway.release.ReleaseSettings;
import dev.slipway.release.View;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model's stack wants served.
 *
 * @param model the model
 * @param function its function
 * @param roleArn execution role of every version
 * @param handler class of the serving code
 * @param runtime such as {@code java25}
 * @param code the serving code's zip
 * @param codeSha256 lower-case hex digest of that zip
 * @param memoryMb 128 to 10240
 * @param timeoutSeconds 1 to 900
 * @param architecture {@code x86_64} or {@code arm64}
 * @param environment names and values that every version gets
 * @param apiId the REST API that calls the alias
 * @param alarmTopicArn where the alarms of versions report
 * @param settings how releases proceed
 */
public record Wish(
    String model,
    String function,
    String roleArn,
    String handler,
    String runtime,
    S3Place code,
    String codeSha256,
    int memoryMb,
    int timeoutSeconds,
    String architecture,
    SortedMap<String, String> environment,
    String apiId,
    String alarmTopicArn,
    ReleaseSettings settings) {
  /** Copies the environment. */
  public Wish {
    environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /** {@return the digest of everything but code and bundle that makes a version what it is} */
  public String configHash() {
    return digest(
        String.join(
            "\n",
            runtime,
            handler,
            roleArn,
            Integer.toString(memoryMb),
            Integer.toString(timeoutSeconds),
            architecture,
            environment.toString()));
  }

  /**
   * {@return the time in which a warm request is to be answered, in milliseconds; 0 when none is
   * set}
   */
  public double latencyBudgetMillis() {
    String text = environment.getOrDefault("SLIPWAY_LATENCY_BUDGET_MILLIS", "");
    return text.matches("[0-9]{1,9}") ? Double.parseDouble(text) : 0;
  }

  /** {@return the part that planning needs} */
  public View.Wanted wanted() {
    return new View.Wanted(
        digest(codeSha256 + "\n" + configHash()), codeSha256, configHash(), settings);
  }

  private static String digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
