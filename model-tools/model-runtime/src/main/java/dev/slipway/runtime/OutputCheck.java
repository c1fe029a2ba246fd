package dev.slipway.runtime;

import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for outputs that nobody must see. Thread-safe. */
final class OutputCheck {
  /**
   * How far the probabilities of a row may be from 1 in sum. A softmax in FP32 is within 1e-6; one
   * that was quantized to 8 bits is off by up to half a step per class, which 0.01 allows for two
   * classes and refuses nothing that is a distribution in FP32.
   */
  private static final double SUM_TOLERANCE = 0.01;

  private final List<OutputTensor> outputs;
  private final Set<String> labels = new HashSet<>();

  OutputCheck(List<OutputTensor> outputs) {
    this.outputs = outputs;
    for (OutputTensor output : outputs) {
      labels.addAll(output.labels());
    }
  }

  /** {@return at most one problem per output, empty when all is well} */
  List<String> problems(
      List<? extends Tensor> given, List<Tensor> found, List<InputTensor> inputs) {
    long rows = rows(given, inputs);
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String problem = problem(outputs.get(i), found.get(i), rows);
      if (!problem.isEmpty()) {
        problems.add("output " + outputs.get(i).name() + " " + problem);
      }
    }
    return problems;
  }

  private static long rows(List<? extends Tensor> given, List<InputTensor> inputs) {
    for (InputTensor input : inputs) {
      for (Tensor tensor : given) {
        if (tensor.name().equals(input.name()) && InputCheck.hasRows(input)) {
          return tensor.shape().dimension(0);
        }
      }
    }
    return Shape.ANY;
  }

  private String problem(OutputTensor output, Tensor tensor, long rows) {
    Shape shape = tensor.shape();
    boolean perRow = output.shape().rank() > 0 && output.shape().dimension(0) == Shape.ANY;
    if (tensor.datatype() != output.datatype() || !output.shape().accepts(shape)) {
      return "is " + tensor.datatype() + shape + ", promised " + output.datatype() + output.shape();
    }
    if (perRow && rows != Shape.ANY && shape.dimension(0) != rows) {
      return "has " + shape.dimension(0) + " rows for " + rows + " rows of input";
    }
    if (tensor instanceof NumberTensor numbers) {
      return output.labels().isEmpty() ? finite(numbers) : distribution(output, numbers);
    }
    return tensor instanceof TextTensor texts && output.labels().isEmpty() ? known(texts) : "";
  }

  private static String finite(NumberTensor tensor) {
    if (tensor.datatype().isFloating()) {
      for (int i = 0; i < tensor.size(); i++) {
        if (!Double.isFinite(tensor.getDouble(i))) {
          return "has " + tensor.getDouble(i) + " at position " + i;
        }
      }
    }
    return "";
  }

  private static String distribution(OutputTensor output, NumberTensor tensor) {
    int width = output.labels().size();
    for (int start = 0; start + width <= tensor.size(); start += width) {
      double sum = 0;
      for (int i = start; i < start + width; i++) {
        double value = tensor.getDouble(i);
        // Negated, so that NaN is outside too.
        if (!(value >= -SUM_TOLERANCE && value <= 1 + SUM_TOLERANCE)) {
          return "has " + value + " at position " + i + ", promised a probability";
        }
        sum += value;
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        return "has probabilities that sum to " + sum + " in row " + start / width;
      }
    }
    return "";
  }

  private String known(TextTensor texts) {
    if (labels.isEmpty()) {
      return "";
    }
    for (String text : texts.values()) {
      if (!labels.contains(text)) {
        return "has the label \"" + text + "\", promised one of " + labels;
      }
    }
    return "";
  }
}
