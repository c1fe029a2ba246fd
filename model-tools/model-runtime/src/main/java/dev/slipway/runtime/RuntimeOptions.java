package dev.slipway.runtime;

import dev.slipway.runtime.ModelException.Code;
import java.util.Map;

/**
 * How ONNX Runtime is to work: made from the process's environment, which is checked on the way.
 * Immutable.
 */
public final class RuntimeOptions {
  /** Must be {@code 1} in the environment before ONNX Runtime loads. */
  public static final String TELEMETRY_SETTING = "ORT_DISABLE_TELEMETRY";

  private static final String MEMORY_SETTING = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

  /** A function has one vCPU per this many MiB (AWS Lambda Developer Guide, "Memory"). */
  private static final long MEBIBYTES_PER_CPU = 1769;

  private static final int MOST_THREADS = 64;

  private final int threads;
  private final boolean optimizing;

  private RuntimeOptions(int threads, boolean optimizing) {
    this.threads = threads;
    this.optimizing = optimizing;
  }

  /**
   * {@return options for this process}
   *
   * <p>On Lambda there is one thread per full vCPU that the function's memory buys; elsewhere one
   * per processor. ONNX Runtime's own default is more than twice as slow on half a vCPU.
   *
   * @param environment the environment of this very process, {@code System.getenv()}: ONNX Runtime
   *     reads it natively
   * @throws ModelException when {@value #TELEMETRY_SETTING} is not {@code 1}
   */
  public static RuntimeOptions of(Map<String, String> environment) {
    if (!"1".equals(environment.get(TELEMETRY_SETTING))) {
      throw new ModelException(
          Code.TELEMETRY_NOT_DISABLED,
          TELEMETRY_SETTING
              + " is "
              + environment.get(TELEMETRY_SETTING)
              + ", expected 1: ONNX Runtime 1.29 for Linux sends usage data unless told not to."
              + " Set it in the environment before the process starts.");
    }
    return new RuntimeOptions(threads(environment.getOrDefault(MEMORY_SETTING, "")), true);
  }

  /**
   * {@return these options with another number of threads}
   *
   * @param count threads for one operator, at least 1
   */
  public RuntimeOptions withThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads is " + count + "; expected at least 1");
    }
    return new RuntimeOptions(count, optimizing);
  }

  /**
   * {@return these options without graph optimization: slower, and an unknown model meets less of
   * ONNX Runtime's code}
   */
  public RuntimeOptions withoutOptimizing() {
    return new RuntimeOptions(threads, false);
  }

  /** {@return threads for one operator} */
  public int threads() {
    return threads;
  }

  /** {@return whether ONNX Runtime may rewrite the graph before it runs, its default} */
  public boolean optimizing() {
    return optimizing;
  }

  /**
   * {@return whether idle threads spin; with less than two processors that takes the model's time}
   */
  public boolean spinning() {
    return threads > 1;
  }

  private static int threads(String memoryMebibytes) {
    long count = Runtime.getRuntime().availableProcessors();
    try {
      count = Long.parseLong(memoryMebibytes) / MEBIBYTES_PER_CPU;
    } catch (NumberFormatException _) {
      // Not on Lambda: the processors count.
    }
    return Math.clamp(count, 1, MOST_THREADS);
  }
}
