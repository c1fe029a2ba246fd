package dev.slipway.pipeline.export;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Preprocessing;
import dev.slipway.pipeline.features.TargetScale;
import dev.slipway.pipeline.features.TensorNames;
import dev.slipway.pipeline.train.DenseWeights;
import dev.slipway.pipeline.train.NetworkSpec;
import dev.slipway.pipeline.train.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes preprocessing, network and answer as one ONNX graph: raw columns in; label and
 * probabilities, or a prediction, out. Opset 17 and ai.onnx.ml 3, which every ONNX Runtime since
 * 1.12 reads.
 */
public final class OnnxExport {
  private final GraphBuilder graph = GraphBuilder.named("model");
  private final ModelSchema schema;

  private OnnxExport(ModelSchema schema) {
    this.schema = schema;
  }

  /** {@return the graph of a trained model} */
  public static OnnxModel export(
      ModelSchema schema, Preprocessing preprocessing, TrainedNetwork network, TargetScale scale) {
    OnnxExport export = new OnnxExport(schema);
    String inputs = export.preprocess(preprocessing);
    String scores = export.network(network, inputs);
    if (schema.classifies()) {
      export.classes(scores);
    } else {
      export.number(scores, scale);
    }
    return export.graph.build();
  }

  private String preprocess(Preprocessing fitted) {
    List<String> parts = new ArrayList<>();
    if (!schema.numbers().isEmpty()) {
      parts.add(numbers(fitted));
    }
    for (int index = 0; index < schema.categories().size(); index++) {
      String input =
          graph.input(schema.categoryTensors().get(index), ElementType.STRING, Shape.batchOf());
      parts.add(
          mlNode(
              "OneHotEncoder",
              List.of(input),
              ModifiedUtf8.attribute("cats_strings", fitted.words().get(index)),
              Attributes.of("zeros", 1)));
    }
    return parts.size() == 1 ? parts.getFirst() : node("Concat", parts, Attributes.of("axis", 1));
  }

  private String numbers(Preprocessing fitted) {
    String raw =
        graph.input(
            TensorNames.FEATURES, ElementType.FLOAT, Shape.batchOf(schema.numbers().size()));
    String missing = node("IsNaN", List.of(raw));
    String fill = graph.constant(Tensors.floats(inner("fill"), fitted.fill()));
    String filled = node("Where", List.of(missing, fill, raw));
    String mean = graph.constant(Tensors.floats(inner("mean"), fitted.mean()));
    String centred = node("Sub", List.of(filled, mean));
    String inverse =
        graph.constant(Tensors.floats(inner("inverse_deviation"), fitted.inverseDeviation()));
    String scaled = node("Mul", List.of(centred, inverse));
    String low = graph.constant(Tensors.scalar(inner("lower_bound"), -Preprocessing.BOUND));
    String high = graph.constant(Tensors.scalar(inner("upper_bound"), Preprocessing.BOUND));
    return node("Clip", List.of(scaled, low, high));
  }

  private String network(TrainedNetwork network, String inputs) {
    String value = inputs;
    int next = 0;
    for (NetworkSpec.Layer layer : network.spec().layers()) {
      value =
          switch (layer) {
            case NetworkSpec.Layer.Linear _ -> {
              next++;
              yield linear(network.weights().get(next - 1), next, value);
            }
            case NetworkSpec.Layer.Relu _ -> node("Relu", List.of(value));
            case NetworkSpec.Layer.Dropout _ -> value;
          };
    }
    return value;
  }

  private String linear(DenseWeights weights, int number, String inputs) {
    String kernel =
        graph.constant(
            Tensors.floats(
                inner("layer_%d_weights".formatted(number)),
                new long[] {weights.units(), weights.inputs()},
                weights.kernel()));
    String bias =
        graph.constant(Tensors.floats(inner("layer_%d_bias".formatted(number)), weights.bias()));
    return node("Gemm", List.of(inputs, kernel, bias), Attributes.of("transB", 1));
  }

  private void classes(String scores) {
    int count = schema.labels().size();
    graph.node(
        "Softmax", List.of(scores), List.of(TensorNames.PROBABILITIES), Attributes.of("axis", 1));
    String best =
        node(
            "ArgMax",
            List.of(TensorNames.PROBABILITIES),
            Attributes.of("axis", 1),
            Attributes.of("keepdims", 0));
    graph.mlNode(
        "LabelEncoder",
        List.of(best),
        List.of(TensorNames.LABEL),
        Attributes.ofLongs("keys_int64s", LongStream.range(0, count).toArray()),
        ModifiedUtf8.attribute("values_strings", schema.labels()));
    graph.output(TensorNames.LABEL, ElementType.STRING, Shape.batchOf());
    graph.output(TensorNames.PROBABILITIES, ElementType.FLOAT, Shape.batchOf(count));
  }

  private void number(String scores, TargetScale scale) {
    String deviation =
        graph.constant(Tensors.scalar(inner("target_deviation"), (float) scale.deviation()));
    String mean = graph.constant(Tensors.scalar(inner("target_mean"), (float) scale.mean()));
    String wide = node("Mul", List.of(scores, deviation));
    graph.node("Add", List.of(wide, mean), List.of(TensorNames.PREDICTION));
    graph.output(TensorNames.PREDICTION, ElementType.FLOAT, Shape.batchOf(1));
  }

  private String node(String type, List<String> inputs, AttributeProto... attributes) {
    String output = graph.freshName(inner(type));
    graph.node(type, inputs, List.of(output), attributes);
    return output;
  }

  private String mlNode(String type, List<String> inputs, AttributeProto... attributes) {
    String output = graph.freshName(inner(type));
    graph.mlNode(type, inputs, List.of(output), attributes);
    return output;
  }

  /** A name that no column's tensor has. */
  private static String inner(String name) {
    return TensorNames.INNER + name;
  }
}
