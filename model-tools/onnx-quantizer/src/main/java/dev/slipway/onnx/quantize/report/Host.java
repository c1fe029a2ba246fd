package dev.slipway.onnx.quantize.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The machine that measured.
 *
 * @param processor its name, as the system gives it
 * @param architecture as Java names it
 * @param threads how many run at once
 * @param features what matters to integer kernels, for example {@code avx2} and {@code avx512_vnni}
 */
public record Host(String processor, String architecture, int threads, List<String> features) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private static final List<String> TOLD =
      List.of(
          "sse4_1",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512bw",
          "avx512_vnni",
          "avx_vnni",
          "avx512_bf16",
          "amx_int8",
          "asimd",
          "asimddp",
          "i8mm",
          "sve");

  /** Keeps a copy of the list. */
  public Host {
    features = List.copyOf(features);
  }

  /** {@return this machine; features are known on Linux only} */
  public static Host here() {
    String architecture = System.getProperty("os.arch", "unknown");
    int threads = Runtime.getRuntime().availableProcessors();
    try {
      List<String> lines = Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
      Set<String> flags = new HashSet<>(Arrays.asList(value(lines, "flags").split(" ")));
      flags.addAll(Arrays.asList(value(lines, "Features").split(" ")));
      return new Host(
          value(lines, "model name"),
          architecture,
          threads,
          TOLD.stream().filter(flags::contains).toList());
    } catch (IOException _) {
      return new Host("", architecture, threads, List.of());
    }
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** {@return whether products of bytes are added in 32 bits at once, so that none saturate} */
  public boolean addsIn32Bits() {
    return features.stream().anyMatch(Set.of("avx512_vnni", "avx_vnni", "asimddp")::contains);
  }
}
