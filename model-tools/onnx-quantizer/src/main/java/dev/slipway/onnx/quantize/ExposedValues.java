package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.HashSet;
import java.util.Set;

/** Makes inner values of a graph outputs of it. */
final class ExposedValues {
  private ExposedValues() {}

  /** {@return the model with these values as further outputs; ONNX Runtime finds their types} */
  static OnnxModel of(OnnxModel model, Set<String> values) {
    GraphProto.Builder graph = model.graph().toBuilder();
    Set<String> known = new HashSet<>();
    graph.getOutputList().forEach(output -> known.add(output.getName()));
    graph.getInputList().forEach(input -> known.add(input.getName()));
    values.stream()
        .filter(value -> !known.contains(value))
        .sorted()
        .forEach(value -> graph.addOutput(ValueInfoProto.newBuilder().setName(value)));
    return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
  }
}
