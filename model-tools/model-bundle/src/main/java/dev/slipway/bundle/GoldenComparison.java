package dev.slipway.bundle;

import java.util.ArrayList;
import java.util.List;

/** Compares the outputs of a model with those of a golden case. */
public final class GoldenComparison {
  /** Differences reported per output; the rest is counted. */
  private static final int SHOWN = 3;

  private GoldenComparison() {}

  /**
   * {@return every difference in words, empty when the outputs agree}
   *
   * <p>Every expected output must be there with the same datatype, shape and strings, and with
   * numbers within the case's tolerance; NaN agrees with nothing. Outputs that the case does not
   * name are ignored.
   *
   * @param golden what is expected
   * @param found what the model gave
   */
  public static List<String> differences(GoldenCase golden, List<NamedTensor> found) {
    List<String> differences = new ArrayList<>();
    for (NamedTensor expected : golden.outputs()) {
      NamedTensor match = null;
      for (NamedTensor candidate : found) {
        match = candidate.name().equals(expected.name()) ? candidate : match;
      }
      if (match == null) {
        differences.add(golden.name() + ": output " + expected.name() + " is missing");
      } else {
        compare(golden, expected, match, differences);
      }
    }
    return differences;
  }

  private static void compare(
      GoldenCase golden, NamedTensor expected, NamedTensor found, List<String> differences) {
    String where = golden.name() + ": output " + expected.name();
    if (expected.datatype() != found.datatype() || !expected.shape().equals(found.shape())) {
      differences.add(
          where
              + " is "
              + found.datatype()
              + found.shape()
              + ", expected "
              + expected.datatype()
              + expected.shape());
      return;
    }
    int wrong = 0;
    for (int i = 0; i < expected.values().size(); i++) {
      String difference = element(expected.values(), found.values(), i, golden.tolerance());
      if (!difference.isEmpty()) {
        wrong++;
        if (wrong <= SHOWN) {
          differences.add(where + "[" + i + "] " + difference);
        }
      }
    }
    if (wrong > SHOWN) {
      differences.add(where + ": " + (wrong - SHOWN) + " more elements differ");
    }
  }

  private static String element(
      TensorValues expected, TensorValues found, int index, double tolerance) {
    return switch (expected) {
      case TensorValues.Numbers numbers when found instanceof TensorValues.Numbers others ->
          number(numbers.get(index), others.get(index), tolerance);
      case TensorValues.Texts(List<String> texts)
          when found instanceof TensorValues.Texts(List<String> others) ->
          texts.get(index).equals(others.get(index))
              ? ""
              : "is \"" + others.get(index) + "\", expected \"" + texts.get(index) + "\"";
      case TensorValues.Numbers _, TensorValues.Texts _ -> "is of another kind";
    };
  }

  private static String number(double expected, double found, double tolerance) {
    double difference = Math.abs(found - expected);
    // Negated, so that NaN is a difference.
    if (!(difference <= tolerance * Math.max(1, Math.abs(expected)))) {
      return "is " + found + ", expected " + expected + " ± " + tolerance;
    }
    return "";
  }
}
