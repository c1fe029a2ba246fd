package dev.slipway.onnx.quantize.trust;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A small random model of layers with weights, with the oddities that exporters leave behind. */
final class RandomGraph {
  private static final int FLOAT = 1;
  private static final int SIDE = 6;

  private final Random random;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("random");

  /** By value its shape: [batch][channels][side][side] or [batch][features]. */
  private final Map<String, long[]> shapes = new HashMap<>();

  private final List<String> values = new ArrayList<>();
  private final List<TensorProto> reusable = new ArrayList<>();
  private int count;

  private RandomGraph(long seed) {
    random = new Random(seed);
  }

  /** A model and an input for it. */
  record Sample(ModelProto model, Map<String, TensorProto> inputs) {}

  static Sample of(long seed) {
    return new RandomGraph(seed).make();
  }

  private Sample make() {
    boolean images = random.nextBoolean();
    long batch = 1L + random.nextInt(3);
    long width = 1L + random.nextInt(40);
    long[] shape =
        images ? new long[] {batch, 1 + width % 5, SIDE, SIDE} : new long[] {batch, width};
    graph.addInput(input("x", shape));
    shapes.put("x", shape);
    values.add("x");
    int nodes = 1 + random.nextInt(8);
    for (int i = 0; i < nodes; i++) {
      step(values.get(random.nextInt(values.size())));
    }
    String last = values.getLast();
    graph.addOutput(input(last, shape(last)));
    if (random.nextInt(6) == 0 && !reusable.isEmpty()) {
      TensorProto weights = reusable.getFirst(); // An initializer that is an output too.
      boolean stored = graph.getInitializerList().contains(weights);
      if (stored) {
        long[] sizes = weights.getDimsList().stream().mapToLong(Long::longValue).toArray();
        graph.addOutput(input(weights.getName(), sizes));
      }
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13 + random.nextInt(5)))
            .setGraph(graph)
            .build();
    float[] numbers = new float[Math.toIntExact(Tensors.count(shape))];
    IntStream.range(0, numbers.length).forEach(i -> numbers[i] = (float) random.nextGaussian());
    return new Sample(model, Map.of("x", Tensors.floats("x", shape, numbers)));
  }

  private long[] shape(String value) {
    return shapes.getOrDefault(value, new long[0]);
  }

  private void step(String x) {
    long[] shape = shape(x);
    switch (random.nextInt(11)) {
      case 0, 1, 2, 3 -> weighted(x, shape);
      case 4 -> keep("Relu", List.of(x), shape);
      case 5 -> keep("Sigmoid", List.of(x), shape);
      case 6 -> keep(random.nextBoolean() ? "Add" : "Mul", List.of(x, sameShape(shape)), shape);
      case 7 -> concat(x, shape);
      case 8 -> branch(x, shape);
      case 9 -> flatten(x, shape);
      default -> pool(x, shape);
    }
  }

  private void weighted(String x, long[] shape) {
    if (shape.length == 4) {
      convolution(x, shape);
    } else if (random.nextBoolean()) {
      linear(x, shape);
    } else {
      gemm(x, shape);
    }
  }

  private void convolution(String x, long[] shape) {
    boolean depthwise = random.nextInt(4) == 0;
    long outputs = depthwise ? shape[1] : 1 + random.nextInt(9);
    long kernel = random.nextBoolean() ? 3 : 1;
    long[] sizes = {outputs, depthwise ? 1 : shape[1], kernel, kernel};
    List<String> inputs = new ArrayList<>(List.of(x, weights(sizes)));
    switch (random.nextInt(3)) {
      case 0 -> inputs.add(weights(outputs));
      case 1 -> inputs.add("");
      default -> {
        // No bias.
      }
    }
    long pad = kernel / 2;
    long[] result = {shape[0], outputs, shape[2], shape[3]};
    keep(
        "Conv",
        inputs,
        result,
        Attributes.of("group", depthwise ? shape[1] : 1),
        Attributes.ofLongs("pads", pad, pad, pad, pad));
    if (random.nextInt(3) == 0) {
      TensorProto ones = Tensors.floats(name("one"), new long[] {outputs}, positive(outputs));
      graph.addInitializer(ones);
      keep(
          "BatchNormalization",
          List.of(
              values.getLast(), ones.getName(), weights(outputs), weights(outputs), ones.getName()),
          result);
    }
  }

  private void linear(String x, long[] shape) {
    long outputs = 1L + random.nextInt(40);
    keep("MatMul", List.of(x, weights(shape[1], outputs)), new long[] {shape[0], outputs});
  }

  private void gemm(String x, long[] shape) {
    long outputs = 1L + random.nextInt(40);
    boolean transposed = random.nextBoolean();
    List<String> inputs =
        new ArrayList<>(
            List.of(x, transposed ? weights(outputs, shape[1]) : weights(shape[1], outputs)));
    switch (random.nextInt(4)) {
      case 0 -> inputs.add(weights(outputs));
      case 1 -> inputs.add(weights(1));
      case 2 -> inputs.add(weights(1, outputs));
      default -> {
        // No bias.
      }
    }
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(Attributes.of("transB", transposed ? 1 : 0));
    if (random.nextInt(4) == 0) {
      attributes.add(Attributes.of("alpha", 0.5f));
    }
    keep("Gemm", inputs, new long[] {shape[0], outputs}, attributes.toArray(AttributeProto[]::new));
  }

  private void concat(String x, long[] shape) {
    long[] result = shape.clone();
    result[1] *= 2;
    keep("Concat", List.of(x, sameShape(shape)), result, Attributes.of("axis", 1));
  }

  private void flatten(String x, long[] shape) {
    long features = Tensors.count(shape) / shape[0];
    keep("Flatten", List.of(x), new long[] {shape[0], features});
  }

  private void pool(String x, long[] shape) {
    if (shape.length == 4) {
      keep(
          random.nextBoolean() ? "MaxPool" : "AveragePool",
          List.of(x),
          shape,
          Attributes.ofLongs("kernel_shape", 3, 3),
          Attributes.ofLongs("pads", 1, 1, 1, 1));
    } else {
      keep("Identity", List.of(x), shape);
    }
  }

  /** An If whose branches read a value and a constant from outside. */
  private void branch(String x, long[] shape) {
    String condition = name("condition");
    graph.addInitializer(Tensors.raw(condition, ElementType.BOOL, new long[0], new byte[] {1}));
    long features = shape[shape.length - 1];
    String matrix = weights(features, features);
    keep(
        "If",
        List.of(condition),
        shape,
        Attributes.of("then_branch", body("MatMul", List.of(x, matrix), shape)),
        Attributes.of("else_branch", body("Relu", List.of(x), shape)));
  }

  private GraphProto body(String type, List<String> inputs, long[] shape) {
    String output = name("inner");
    return GraphProto.newBuilder()
        .setName(name("body"))
        .addNode(node(type, inputs, output))
        .addOutput(input(output, shape))
        .build();
  }

  /** A value of the same shape: an earlier one, or a constant. */
  private String sameShape(long[] shape) {
    List<String> fitting = values.stream().filter(v -> Arrays.equals(shape(v), shape)).toList();
    return random.nextInt(3) == 0 ? weights(shape) : fitting.get(random.nextInt(fitting.size()));
  }

  /**
   * Weights as an initializer, a Constant, or behind Identity or Transpose; now and then shared.
   */
  private String weights(long... shape) {
    List<TensorProto> fitting =
        reusable.stream()
            .filter(t -> t.getDimsList().equals(Arrays.stream(shape).boxed().toList()))
            .toList();
    if (!fitting.isEmpty() && random.nextInt(3) == 0) {
      return fitting.getFirst().getName();
    }
    float[] numbers = new float[Math.toIntExact(Tensors.count(shape))];
    double spread = Math.pow(2, random.nextInt(5) - 2);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt(50) == 0 ? 0 : (float) (spread * random.nextGaussian());
    }
    TensorProto tensor = Tensors.floats(name("w"), shape, numbers);
    if (random.nextInt(8) == 0) {
      graph.addNode(node("Constant", List.of(), tensor.getName(), Attributes.of("value", tensor)));
      return tensor.getName();
    }
    graph.addInitializer(tensor);
    if (random.nextInt(12) == 0) {
      graph.addInput(input(tensor.getName(), shape)); // May be overridden.
    }
    reusable.add(tensor);
    return random.nextInt(8) == 0 ? identity(tensor.getName()) : tensor.getName();
  }

  private String identity(String value) {
    String output = name("same");
    graph.addNode(node("Identity", List.of(value), output));
    return output;
  }

  private float[] positive(long length) {
    float[] numbers = new float[Math.toIntExact(length)];
    IntStream.range(0, numbers.length).forEach(i -> numbers[i] = 0.5f + random.nextFloat());
    return numbers;
  }

  private void keep(String type, List<String> inputs, long[] shape, AttributeProto... attributes) {
    String output = name("v");
    graph.addNode(node(type, inputs, output, attributes));
    shapes.put(output, shape);
    values.add(output);
  }

  /** Without a name or with one of its own; ONNX Runtime refuses a name that is there twice. */
  private NodeProto node(
      String type, List<String> inputs, String output, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setName(random.nextBoolean() ? "" : "node_" + output)
        .setOpType(type)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(attributes))
        .build();
  }

  /** A value of floats, its sizes fixed, named or unknown. */
  private ValueInfoProto input(String name, long[] shape) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var sizes = value.getTypeBuilder().getTensorTypeBuilder().setElemType(FLOAT).getShapeBuilder();
    boolean dynamic = random.nextBoolean();
    for (int i = 0; i < shape.length; i++) {
      if (dynamic && i == 0) {
        sizes.addDimBuilder().setDimParam("batch");
      } else {
        sizes.addDimBuilder().setDimValue(shape[i]);
      }
    }
    return value.build();
  }

  private String name(String stem) {
    return stem + count++;
  }
}
