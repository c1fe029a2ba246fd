package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds a calibration sample against a model's inputs, before ONNX Runtime sees it. */
final class SampleCheck {
  private final Map<String, ValueType> inputs = new TreeMap<>();
  private final Set<String> known = new HashSet<>();

  SampleCheck(OnnxModel model) {
    model.inputs().forEach(input -> inputs.put(input.name(), input));
    for (ValueInfoProto input : model.graph().getInputList()) {
      known.add(input.getName());
    }
  }

  /**
   * Passes a sample that fits.
   *
   * @param number of the sample, from 0
   * @throws QuantizeException naming every input that does not fit
   */
  void require(Map<String, OnnxTensor> sample, int number) {
    List<String> problems = new ArrayList<>();
    for (ValueType input : inputs.values()) {
      OnnxTensor tensor = sample.get(input.name());
      if (tensor == null) {
        problems.add("input '%s' is missing".formatted(input.name()));
      } else {
        compare(input, tensor.getInfo(), problems);
      }
    }
    new TreeMap<>(sample)
        .keySet().stream()
            .filter(name -> !known.contains(name))
            .forEach(name ->
                problems.add(
                    "the model has no input '%s', only %s".formatted(name, inputs.keySet())));
    if (!problems.isEmpty()) {
      throw new QuantizeException(
          QuantizeException.Code.CALIBRATION_MISMATCH,
          "calibration sample %d does not fit the model: %s"
              .formatted(number, String.join("; ", problems)));
    }
  }

  private static void compare(ValueType input, TensorInfo found, List<String> problems) {
    if (!found.onnxType.name().endsWith("_DATA_TYPE_" + input.elementType().name())) {
      problems.add(
          "input '%s' is %s, found %s"
              .formatted(input.name(), input.elementType(), foundType(found)));
    }
    input
        .shape()
        .filter(shape -> !fits(shape, found.getShape()))
        .ifPresent(shape ->
            problems.add(
                "input '%s' has shape %s, found %s"
                    .formatted(input.name(), shape, Arrays.toString(found.getShape()))));
  }

  private static String foundType(TensorInfo found) {
    return Arrays.stream(ElementType.values())
        .map(ElementType::name)
        .filter(name -> found.onnxType.name().endsWith("_DATA_TYPE_" + name))
        .findFirst()
        .orElse(found.onnxType.name());
  }

  private static boolean fits(Shape shape, long[] found) {
    if (shape.rank() != found.length) {
      return false;
    }
    for (int axis = 0; axis < found.length; axis++) {
      if (shape.size(axis).orElse(found[axis]) != found[axis]) {
        return false;
      }
    }
    return true;
  }
}
