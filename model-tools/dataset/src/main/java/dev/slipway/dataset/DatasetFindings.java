package dev.slipway.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a careful person would look at before training on a table; nothing here refuses it. Rows
 * that stand twice, columns that are mostly empty, numbers far from the others, and columns that
 * tell the target so well that they may have been written down after it.
 */
public final class DatasetFindings {
  /** From this share of missing values on, a column is said to be mostly empty. */
  private static final double MOSTLY_MISSING = 0.5;

  /** Correlation with a numeric target from which on a column is suspected to contain it. */
  private static final double SUSPICIOUS_CORRELATION = 0.9999;

  private DatasetFindings() {}

  /** {@return one sentence per finding, in the order of the file; no values of personal columns} */
  public static List<String> of(Dataset dataset) {
    List<String> findings = new ArrayList<>();
    duplicates(dataset, findings);
    for (DatasetColumn column : dataset.columns()) {
      if (column.use() != DatasetColumn.Use.IGNORED
          && column.missing() > MOSTLY_MISSING * dataset.rows()) {
        findings.add(
            "column \"%s\" is mostly empty: %d of %d rows have no value"
                .formatted(column.name(), column.missing(), dataset.rows()));
      }
    }
    if (dataset.target() instanceof DatasetTarget.Values values) {
      Outliers.find(values).ifPresent(text -> findings.add("the target " + text));
    }
    for (int feature = 0; feature < dataset.numbers().size(); feature++) {
      String name = dataset.numbers().get(feature).name();
      Outliers.find(dataset, feature)
          .ifPresent(text -> findings.add("column \"%s\" %s".formatted(name, text)));
      if (tells(dataset, feature)) {
        findings.add(leak(name));
      }
    }
    for (int feature = 0; feature < dataset.categories().size(); feature++) {
      if (dataset.target() instanceof DatasetTarget.Labels labels
          && wordsTell(dataset, feature, labels)) {
        findings.add(leak(dataset.categories().get(feature).name()));
      }
    }
    return List.copyOf(findings);
  }

  private static String leak(String name) {
    return ("column \"%s\" alone tells the target: if it is written down after the target, say"
            + " role: ignore in model.yaml")
        .formatted(name);
  }

  private static void duplicates(Dataset dataset, List<String> findings) {
    Set<Long> seen = new HashSet<>();
    int twice = 0;
    // Any fixed seed and key will do: only equality counts.
    for (long hash : RowHashes.of(dataset, 0, "duplicates")) {
      twice += seen.add(hash) ? 0 : 1;
    }
    if (twice > 0) {
      findings.add(
          "%d of %d rows stand in the file before; equal rows are kept in one part of the split"
              .formatted(twice, dataset.rows()));
    }
  }

  private static boolean tells(Dataset dataset, int feature) {
    return switch (dataset.target()) {
      case DatasetTarget.Labels labels ->
          labels.classes().size() == 2 && separates(dataset, feature, labels);
      case DatasetTarget.Values values ->
          Math.abs(correlation(dataset, feature, values)) > SUSPICIOUS_CORRELATION;
    };
  }

  /** One threshold parts the two classes. */
  private static boolean separates(Dataset dataset, int feature, DatasetTarget.Labels labels) {
    double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int row = 0; row < dataset.rows(); row++) {
      double value = dataset.number(row, feature);
      if (Double.isNaN(value)) {
        return false;
      }
      int label = labels.index(row);
      least[label] = Math.min(least[label], value);
      most[label] = Math.max(most[label], value);
    }
    return most[0] < least[1] || most[1] < least[0];
  }

  /** Every word stands with one class only, and with every class stands some word. */
  private static boolean wordsTell(Dataset dataset, int feature, DatasetTarget.Labels labels) {
    Map<String, Integer> classes = new HashMap<>();
    for (int row = 0; row < dataset.rows(); row++) {
      Integer other = classes.put(dataset.category(row, feature), labels.index(row));
      if (other != null && other != labels.index(row)) {
        return false;
      }
    }
    return true;
  }

  /** Pearson's; 0 where one side is constant. Rows without a value are left out. */
  private static double correlation(Dataset dataset, int feature, DatasetTarget.Values values) {
    double count = 0;
    double meanX = 0;
    double meanY = 0;
    double squaresX = 0;
    double squaresY = 0;
    double products = 0;
    for (int row = 0; row < dataset.rows(); row++) {
      double x = dataset.number(row, feature);
      if (Double.isNaN(x)) {
        continue;
      }
      // Welford (1962), for two variables: sums of squares without cancellation.
      double y = values.value(row);
      count++;
      double offX = x - meanX;
      double offY = y - meanY;
      meanX += offX / count;
      meanY += offY / count;
      squaresX += offX * (x - meanX);
      squaresY += offY * (y - meanY);
      products += offX * (y - meanY);
    }
    double scale = Math.sqrt(squaresX) * Math.sqrt(squaresY);
    return scale == 0 ? 0 : products / scale;
  }
}
