package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How rows are shared out; the shares add up to 1.
 *
 * @param train share of rows to learn from
 * @param validation share of rows to choose by
 * @param test share of rows to judge by, seen once
 * @param stratify whether every class is cut in the same shares; without a meaning for regression
 */
public record SplitSpec(double train, double validation, double test, boolean stratify) {
  static final Setting<Double> TRAIN = share("train", 0.7, "share of rows to learn from");
  static final Setting<Double> VALIDATION =
      share("validation", 0.2, "share of rows by which models are chosen");
  static final Setting<Double> TEST = share("test", 0.1, "share of rows that judge the model");
  static final Setting<Boolean> STRATIFY =
      Setting.of(
          "data.split.stratify",
          Values.flag(),
          true,
          "cut every class in the same shares (classification only)");

  static final List<Setting<?>> SETTINGS = List.of(TRAIN, VALIDATION, TEST, STRATIFY);

  /** Rounding of three decimal fractions stays far below this. */
  private static final double SUM_TOLERANCE = 1e-9;

  /** Refuses shares that do not add up to 1. */
  public SplitSpec {
    if (!addUp(train, validation, test)) {
      throw new IllegalArgumentException(
          "shares add up to " + (train + validation + test) + ", expected 1");
    }
  }

  private static Setting<Double> share(String key, double share, String description) {
    return Setting.of("data.split." + key, Values.decimal(0.01, 0.98), share, description);
  }

  private static boolean addUp(double train, double validation, double test) {
    return Math.abs(train + validation + test - 1) <= SUM_TOLERANCE;
  }

  static SplitSpec read(Area area) {
    double train = area.get(TRAIN);
    double validation = area.get(VALIDATION);
    double test = area.get(TEST);
    boolean stratify = area.get(STRATIFY);
    area.refuseUnknown();
    if (addUp(train, validation, test)) {
      return new SplitSpec(train, validation, test, stratify);
    }
    area.conflict(
        "train",
        "expected train + validation + test = 1, found %s + %s + %s"
            .formatted(train, validation, test));
    return new SplitSpec(0.7, 0.2, 0.1, stratify);
  }

  void write(ObjectNode json) {
    json.set("train", TRAIN.toJson(train));
    json.set("validation", VALIDATION.toJson(validation));
    json.set("test", TEST.toJson(test));
    json.set("stratify", STRATIFY.toJson(stratify));
  }
}
