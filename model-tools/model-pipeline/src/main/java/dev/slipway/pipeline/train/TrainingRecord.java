package dev.slipway.pipeline.train;

import java.util.List;

/**
 * What training did; travels to packaging as {@code training.json}.
 *
 * @param trainer family of the model that was kept
 * @param device where it was trained
 * @param parameters how many numbers were trained
 * @param rows rows of the parts: train, validation, test
 * @param columns one line per column of the data: what became of it
 * @param trials everything that was tried
 * @param curve epochs of the best network
 * @param parity largest difference between the trained network and its exported graph, in
 *     probability or in units of the target
 * @param datasetSha256 digest of the data file, hexadecimal
 */
public record TrainingRecord(
    String trainer,
    String device,
    long parameters,
    List<Integer> rows,
    List<String> columns,
    List<Trial> trials,
    List<Epoch> curve,
    double parity,
    String datasetSha256) {
  /** Keeps copies of the lists. */
  public TrainingRecord {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    trials = List.copyOf(trials);
    curve = List.copyOf(curve);
  }
}
