package dev.slipway.pipeline.uploaded;

import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@link UploadProbe} as a child process with limits, without credentials and, where the
 * system allows it, without network.
 *
 * @param mostTime after which the child is ended
 * @param mostMemoryBytes resident memory above which the child is ended
 * @param network what takes the network from the child
 */
record ProbeProcess(Duration mostTime, long mostMemoryBytes, NetworkCut network) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
  private static final long LOOK_MILLIS = 50;

  /**
   * {@return limits for models of a serving function: 2 minutes, 4 GiB, no network if it can be
   * cut}
   */
  static ProbeProcess usual() {
    return new ProbeProcess(Duration.ofMinutes(2), 4L << 30, NetworkCut.ofThisSystem());
  }

  /**
   * Tries the model of a folder.
   *
   * @throws PipelineRefusal with everything that speaks against the model
   */
  void run(UploadFolder folder) {
    Path output = folder.file("probe.txt");
    try {
      Process child = start(folder, output);
      try {
        supervise(child);
      } finally {
        child.destroyForcibly();
      }
      judge(child.exitValue(), Files.readAllLines(output));
    } catch (IOException failed) {
      throw new UncheckedIOException("the probe's process failed", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a model was tried", stopped);
    }
  }

  private Process start(UploadFolder folder, Path output) throws IOException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            // Its own warnings would stand among the reasons.
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            UploadProbe.class.getName(),
            folder.path().toAbsolutePath().toString());
    ProcessBuilder builder = new ProcessBuilder(network.around(java));
    builder.environment().clear();
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    builder.environment().put("PATH", "/usr/bin:/bin");
    return builder
        .directory(folder.path().toFile())
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void supervise(Process child) throws IOException, InterruptedException {
    long end = System.nanoTime() + mostTime.toNanos();
    while (!child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() > end) {
        child.destroyForcibly().waitFor();
        throw new PipelineRefusal(
            "PROBE_TIMEOUT",
            "the model did not answer its first requests within %d s"
                .formatted(mostTime.toSeconds()));
      }
      long resident = residentBytes(child.pid());
      if (resident > mostMemoryBytes) {
        child.destroyForcibly().waitFor();
        throw new PipelineRefusal(
            "PROBE_MEMORY",
            "the model took %d MiB for its first requests, the limit is %d MiB"
                .formatted(resident >> 20, mostMemoryBytes >> 20));
      }
    }
  }

  /** 0 where the system has no such file; time is limited all the same. */
  private static long residentBytes(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(status));
      return resident.find() ? Long.parseLong(resident.group(1)) << 10 : 0;
    } catch (IOException _) {
      // The child ended between the two looks.
      return 0;
    }
  }

  private static void judge(int exit, List<String> lines) {
    if (exit != 0 || lines.isEmpty() || !lines.getLast().equals(UploadProbe.COMPLETE)) {
      throw new PipelineRefusal(
          "PROBE_CRASHED",
          "the process that tried the model ended with status %d; the model breaks ONNX Runtime"
              .formatted(exit));
    }
    List<Reason> reasons = new ArrayList<>();
    for (String line : lines.subList(0, lines.size() - 1)) {
      int tab = line.indexOf('\t');
      reasons.add(new Reason(line.substring(0, tab), line.substring(tab + 1)));
    }
    if (!reasons.isEmpty()) {
      throw new PipelineRefusal(reasons);
    }
  }
}
