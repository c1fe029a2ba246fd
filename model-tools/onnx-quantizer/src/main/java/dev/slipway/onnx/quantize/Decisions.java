package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model decides on samples, and how that compares with labels: the class an output names (a
 * string or whole number per row), else the largest of the first float output's last axis, else its
 * one value, above one half or not for labels that are classes. Not thread-safe.
 */
final class Decisions {
  private final Optional<Labels> labels;
  private final List<String> decided = new ArrayList<>();
  private double squares;
  private long right;
  private long compared;

  Decisions(Optional<Labels> labels) {
    this.labels = labels;
  }

  void add(OrtSession.Result outputs, int sample) throws OrtException {
    boolean values = labels.map(Labels::areValues).orElse(false);
    List<String> rows = values ? List.of() : decisions(outputs);
    decided.addAll(rows);
    if (labels.isEmpty()) {
      return;
    }
    List<String> expected = labels.get().values();
    int count = values ? 1 : rows.size();
    if (rows.isEmpty() && !values) {
      throw misfit(
          "the model has no output that decides: a label, or floats to take the largest of");
    }
    for (int row = 0; row < count; row++) {
      int place = sample * count + row;
      if (place >= expected.size()) {
        throw misfit("there are %d labels, the samples need more".formatted(expected.size()));
      }
      compared++;
      if (values) {
        double error = number(outputs) - Labels.number(expected.get(place), place);
        squares += error * error;
      } else if (rows.get(row).equals(Labels.name(expected.get(place)))) {
        right++;
      }
    }
  }

  double agreement(Decisions other) {
    if (decided.isEmpty()) {
      return 1;
    }
    long alike = 0;
    for (int i = 0; i < decided.size(); i++) {
      alike +=
          i < other.decided.size() && Objects.equals(decided.get(i), other.decided.get(i)) ? 1 : 0;
    }
    return (double) alike / decided.size();
  }

  Optional<Comparison.Measure> measure() {
    return labels.map(given ->
        given.areValues()
            ? new Comparison.Measure("rmse", Math.sqrt(squares / compared))
            : new Comparison.Measure("accuracy", (double) right / compared));
  }

  private static double number(OrtSession.Result outputs) {
    for (Map.Entry<String, OnnxValue> output : outputs) {
      if (output.getValue() instanceof OnnxTensor tensor
          && tensor.getInfo().type == OnnxJavaType.FLOAT
          && tensor.getInfo().getNumElements() == 1) {
        return tensor.getFloatBuffer().get(0);
      }
    }
    throw misfit(
        "labels are numbers with decimals, so the model must answer with one number a sample");
  }

  private static List<String> decisions(OrtSession.Result outputs) throws OrtException {
    for (Map.Entry<String, OnnxValue> output : outputs) {
      if (output.getValue() instanceof OnnxTensor tensor
          && tensor.getInfo().getShape().length <= 1) {
        switch (tensor.getValue()) {
          case String[] words -> {
            return List.of(words);
          }
          case long[] numbers -> {
            return java.util.Arrays.stream(numbers).mapToObj(Long::toString).toList();
          }
          default -> {
            // Not a label; another output may be.
          }
        }
      }
    }
    for (Map.Entry<String, OnnxValue> output : outputs) {
      if (output.getValue() instanceof OnnxTensor tensor
          && tensor.getInfo().type == OnnxJavaType.FLOAT
          && tensor.getInfo().getShape().length >= 1) {
        long[] shape = tensor.getInfo().getShape();
        return largest(tensor.getFloatBuffer(), Math.toIntExact(shape[shape.length - 1]));
      }
    }
    return List.of();
  }

  private static List<String> largest(FloatBuffer values, int classes) {
    List<String> rows = new ArrayList<>();
    while (classes > 0 && values.remaining() >= classes) {
      int best = 0;
      float most = values.get();
      if (classes == 1) {
        rows.add(most > 0.5f ? "1" : "0");
        continue;
      }
      for (int place = 1; place < classes; place++) {
        float value = values.get();
        if (value > most) {
          most = value;
          best = place;
        }
      }
      rows.add(Integer.toString(best));
    }
    return rows;
  }

  private static QuantizeException misfit(String why) {
    return new QuantizeException(QuantizeException.Code.LABELS_MISMATCH, why);
  }
}
