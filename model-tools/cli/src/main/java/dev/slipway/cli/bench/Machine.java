package dev.slipway.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * What a figure was measured on.
 *
 * @param cores processors that this process may use
 * @param memoryBytes memory of the machine, or of the container where one is set
 * @param loadBefore runnable processes over the last minute before measuring; negative where the
 *     system does not tell
 * @param system name and version of the operating system, and the processor's kind
 * @param java version of the JDK
 */
public record Machine(int cores, long memoryBytes, double loadBefore, String system, String java) {
  private static final double GIBIBYTE = 1L << 30;

  /** {@return this machine, now} */
  public static Machine read() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    long memory =
        system instanceof com.sun.management.OperatingSystemMXBean told
            ? told.getTotalMemorySize()
            : 0;
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        memory,
        system.getSystemLoadAverage(),
        "%s %s %s".formatted(system.getName(), system.getVersion(), system.getArch()),
        Runtime.version().toString());
  }

  /** {@return one line for the head of a table} */
  public String line() {
    return "Machine: %d cores, %.0f GiB, %s, JDK %s; load before: %.2f"
        .formatted(cores, memoryBytes / GIBIBYTE, system, java, loadBefore);
  }
}
