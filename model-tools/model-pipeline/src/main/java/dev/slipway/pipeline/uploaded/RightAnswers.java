package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.TensorValues;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.Truth;
import java.util.ArrayList;
import java.util.List;

/**
 * What is right for the calibration rows, where they have the column {@code data.target}, and what
 * a model's answers say about it.
 *
 * @param output the output that is judged
 * @param classes names of the classes in the order of the output; empty for numbers
 * @param truth the right answers
 * @param first the first request that a right answer is known for
 */
record RightAnswers(OutputTensor output, List<String> classes, Truth truth, int first) {
  /** Keeps a copy of the classes. */
  RightAnswers {
    classes = List.copyOf(classes);
  }

  /**
   * {@return the right answers in the words of the rows' target column}
   *
   * @param labels names of the classes in model.yaml; empty where they are their numbers
   */
  static RightAnswers of(
      boolean classifies,
      List<OutputTensor> outputs,
      List<String> labels,
      List<String> targets,
      int first) {
    OutputTensor output = judged(classifies, outputs);
    List<String> classes = classifies ? classes(output, labels, targets) : List.of();
    double[] values = new double[targets.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = value(targets.get(row), classes, classifies, row + 1);
    }
    return new RightAnswers(output, classes, Truth.of(values), first);
  }

  /** Probabilities or scores before a bare class, because they say more. */
  private static OutputTensor judged(boolean classifies, List<OutputTensor> outputs) {
    return outputs.stream()
        .filter(output -> output.datatype().isFloating() && (!classifies || width(output) > 1))
        .findFirst()
        .or(() -> outputs.stream().filter(output -> classifies && width(output) == 1).findFirst())
        .orElseThrow(() ->
            new PipelineRefusal(
                "UPLOAD_OUTPUT_UNJUDGED",
                "no output can be compared with the target column; expected %s"
                    .formatted(
                        classifies
                            ? "scores [-1, classes] or classes [-1]"
                            : "one floating number per row")));
  }

  private static long width(OutputTensor output) {
    return output.shape().rank() < 2 ? 1 : output.shape().dimension(output.shape().rank() - 1);
  }

  private static List<String> classes(
      OutputTensor output, List<String> labels, List<String> targets) {
    if (!labels.isEmpty()) {
      return labels;
    }
    if (!output.labels().isEmpty()) {
      return output.labels();
    }
    if (width(output) == 1) {
      return targets.stream().distinct().sorted().toList();
    }
    List<String> numbers = new ArrayList<>();
    for (int number = 0; number < width(output); number++) {
      numbers.add(Integer.toString(number));
    }
    return numbers;
  }

  private static double value(String target, List<String> classes, boolean classifies, int row) {
    if (classifies) {
      int index = classes.indexOf(target);
      if (index < 0) {
        throw invalid(row, "one of the classes " + classes, target);
      }
      return index;
    }
    try {
      return Double.parseDouble(target);
    } catch (NumberFormatException _) {
      throw invalid(row, "a number", target);
    }
  }

  private static PipelineRefusal invalid(int row, String expected, String found) {
    return new PipelineRefusal(
        "UPLOAD_CALIBRATION_INVALID",
        "row %d: the target column holds \"%s\", expected %s".formatted(row, found, expected));
  }

  /** {@return what a model's answers to all requests say about the rows with right answers} */
  Answers read(List<List<NamedTensor>> answers) {
    int width = classes.isEmpty() ? 1 : classes.size();
    double[] values = new double[truth.rows() * width];
    for (int row = 0; row < truth.rows(); row++) {
      TensorValues found =
          answers.get(first + row).stream()
              .filter(one -> one.name().equals(output.name()))
              .findFirst()
              .orElseThrow(() -> unreadable(output.name() + " is missing"))
              .values();
      read(found, values, row * width, width);
    }
    return Answers.of(width, values);
  }

  private void read(TensorValues found, double[] values, int at, int width) {
    switch (found) {
      case TensorValues.Numbers numbers when numbers.size() == width -> {
        for (int index = 0; index < width; index++) {
          values[at + index] = numbers.get(index);
        }
      }
      case TensorValues.Numbers numbers when output.datatype().isFloating() && width == 2 -> {
        values[at] = 1 - numbers.get(0);
        values[at + 1] = numbers.get(0);
      }
      case TensorValues.Numbers numbers -> mark(Long.toString((long) numbers.get(0)), values, at);
      case TensorValues.Texts texts -> mark(texts.values().getFirst(), values, at);
    }
  }

  /** A class that no row has is wrong for every row. */
  private void mark(String name, double[] values, int at) {
    int index = classes.indexOf(name);
    if (index >= 0) {
      values[at + index] = 1;
    }
  }

  private static PipelineRefusal unreadable(String what) {
    return new PipelineRefusal("MODEL_ANSWER_INVALID", "output " + what);
  }
}
