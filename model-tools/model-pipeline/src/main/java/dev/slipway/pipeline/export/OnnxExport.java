package dev.slipway.pipeline.export;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Preprocessing;
import dev.slipway.pipeline.features.TargetScale;
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
  /** Name of the tensor of numeric columns, [rows, columns]. */
  public static final String FEATURES = "features";

  /** Name of the output with the most probable class, [rows]. */
  public static final String LABEL = "label";

  /** Name of the output with a probability per class, [rows, classes]. */
  public static final String PROBABILITIES = "probabilities";

  /** Name of the output of a model that predicts a number, [rows, 1]. */
  public static final String PREDICTION = "prediction";

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
          graph.input(schema.categories().get(index).name(), ElementType.STRING, Shape.batchOf());
      parts.add(
          graph.mlNode(
              "OneHotEncoder",
              List.of(input),
              ModifiedUtf8.attribute("cats_strings", fitted.words().get(index)),
              Attributes.of("zeros", 1)));
    }
    return parts.size() == 1
        ? parts.getFirst()
        : graph.node("Concat", parts, Attributes.of("axis", 1));
  }

  private String numbers(Preprocessing fitted) {
    String raw = graph.input(FEATURES, ElementType.FLOAT, Shape.batchOf(schema.numbers().size()));
    String missing = graph.node("IsNaN", List.of(raw));
    String fill = graph.constant(Tensors.floats("fill", fitted.fill()));
    String filled = graph.node("Where", List.of(missing, fill, raw));
    String mean = graph.constant(Tensors.floats("mean", fitted.mean()));
    String centred = graph.node("Sub", List.of(filled, mean));
    String inverse = graph.constant(Tensors.floats("inverse_deviation", fitted.inverseDeviation()));
    String scaled = graph.node("Mul", List.of(centred, inverse));
    String low = graph.constant(Tensors.scalar("lower_bound", -Preprocessing.BOUND));
    String high = graph.constant(Tensors.scalar("upper_bound", Preprocessing.BOUND));
    return graph.node("Clip", List.of(scaled, low, high));
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
            case NetworkSpec.Layer.Relu _ -> graph.node("Relu", List.of(value));
            case NetworkSpec.Layer.Dropout _ -> value;
          };
    }
    return value;
  }

  private String linear(DenseWeights weights, int number, String inputs) {
    String kernel =
        graph.constant(
            Tensors.floats(
                "layer_%d_weights".formatted(number),
                new long[] {weights.units(), weights.inputs()},
                weights.kernel()));
    String bias = graph.constant(Tensors.floats("layer_%d_bias".formatted(number), weights.bias()));
    return graph.node("Gemm", List.of(inputs, kernel, bias), Attributes.of("transB", 1));
  }

  private void classes(String scores) {
    int count = schema.labels().size();
    graph.node("Softmax", List.of(scores), List.of(PROBABILITIES), Attributes.of("axis", 1));
    String best =
        graph.node(
            "ArgMax",
            List.of(PROBABILITIES),
            Attributes.of("axis", 1),
            Attributes.of("keepdims", 0));
    graph.mlNode(
        "LabelEncoder",
        List.of(best),
        List.of(LABEL),
        Attributes.ofLongs("keys_int64s", LongStream.range(0, count).toArray()),
        ModifiedUtf8.attribute("values_strings", schema.labels()));
    graph.output(LABEL, ElementType.STRING, Shape.batchOf());
    graph.output(PROBABILITIES, ElementType.FLOAT, Shape.batchOf(count));
  }

  private void number(String scores, TargetScale scale) {
    String deviation =
        graph.constant(Tensors.scalar("target_deviation", (float) scale.deviation()));
    String mean = graph.constant(Tensors.scalar("target_mean", (float) scale.mean()));
    String wide = graph.node("Mul", List.of(scores, deviation));
    graph.node("Add", List.of(wide, mean), List.of(PREDICTION));
    graph.output(PREDICTION, ElementType.FLOAT, Shape.batchOf(1));
  }
}
