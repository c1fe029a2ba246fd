package dev.slipway.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One measured life of a local system. Times in seconds.
 *
 * @param phases the steps of the first {@code up}, as it tells them
 * @param up the first {@code up}, from the command to its end, after the first prediction
 * @param upAgain the second {@code up}
 * @param uploadToProposed from the second upload to the end of its pipeline run
 * @param uploadToLive from the second upload until the new version has all traffic
 * @param memory empty where the system tells no memory of processes
 */
public record UpRun(
    List<Phase> phases,
    double up,
    double upAgain,
    double uploadToProposed,
    double uploadToLive,
    Optional<Memory> memory) {
  public UpRun {
    phases = List.copyOf(phases);
  }

  /** One step of {@code up}. */
  public record Phase(String title, double seconds) {}

  /**
   * Memory of every process of the system, commands and cdk included.
   *
   * @param peakBytes the most in a look per second, over the whole run
   * @param restBytes after the second release, nothing under way
   */
  public record Memory(MemoryMeasure measure, long peakBytes, long restBytes) {}

  /** {@return the form that {@code --json} prints} */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("phases", phases);
    json.put("upSeconds", up);
    json.put("upAgainSeconds", upAgain);
    json.put("uploadToProposedSeconds", uploadToProposed);
    json.put("uploadToLiveSeconds", uploadToLive);
    memory.ifPresent(found -> json.put("memory", found));
    return json;
  }
}
