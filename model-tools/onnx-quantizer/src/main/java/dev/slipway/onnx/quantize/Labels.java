package dev.slipway.onnx.quantize;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What is right for each sample, in the order of the samples. Whole numbers and words are classes,
 * other numbers are values to come near to.
 *
 * @param values numbers or words as text
 */
public record Labels(List<String> values) {
  /** Keeps a copy of the list. */
  public Labels {
    values = List.copyOf(values);
  }

  /** {@return the labels of the samples that are wanted} */
  public Labels part(IntPredicate wanted) {
    return new Labels(
        IntStream.range(0, values.size()).filter(wanted).mapToObj(values::get).toList());
  }

  /** {@return whether some label is a number with decimals} */
  boolean areValues() {
    return values.stream()
        .anyMatch(value ->
            value.matches("[-+]?(\\d+\\.\\d*|\\d*\\.\\d+|.*[eE].*\\d)")
                && !value.matches("[-+]?\\d+\\.0*"));
  }

  /** {@return the label as the name of a class: whole numbers without decimals} */
  static String name(String label) {
    return label.replaceFirst("^([-+]?\\d+)\\.0*$", "$1");
  }

  /** {@return the label as a number} */
  static double number(String label, int place) {
    try {
      return Double.parseDouble(label);
    } catch (NumberFormatException word) {
      throw new QuantizeException(
          QuantizeException.Code.LABELS_MISMATCH,
          "label %d is '%s'; the model answers with a number, so labels must be numbers"
              .formatted(place, label),
          word);
    }
  }
}
