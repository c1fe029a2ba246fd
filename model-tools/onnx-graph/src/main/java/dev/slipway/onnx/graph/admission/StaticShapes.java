package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** Lower bounds of the outputs of those operators that can make much of little. */
final class StaticShapes {
  private static final StaticShape ONE = StaticShape.unknown(1);

  private final StaticScope scope;

  StaticShapes(StaticScope scope) {
    this.scope = scope;
  }

  StaticShape of(Node node) {
    if (!node.domain().isEmpty()) {
      return machineLearning(node);
    }
    return switch (node.type()) {
      case "Constant" ->
          node.tensorAttribute("value")
              .map(value -> StaticShape.of(dev.slipway.onnx.graph.TensorReader.shape(value)))
              .orElse(ONE);
      case "ConstantOfShape" -> sizes(numbers(node, 0));
      case "Expand" -> input(node, 0).broadcast(sizes(numbers(node, 1)));
      case "RandomNormal", "RandomUniform" -> sizes(StaticSizes.integers(node, "shape"));
      case "Range" -> range(node);
      case "Tile" -> times(input(node, 0), product(numbers(node, 1)));
      case "Pad" -> padded(node);
      case "Resize" -> resized(node, numbers(node, 2), numbers(node, 3));
      case "Upsample" -> times(input(node, 0), product(numbers(node, 1)));
      case "OneHot" -> times(input(node, 0), largest(numbers(node, 1)));
      case "HannWindow", "HammingWindow", "BlackmanWindow" -> sizes(numbers(node, 0));
      case "MelWeightMatrix" ->
          StaticShape.unknown(largest(numbers(node, 0)) * largest(numbers(node, 1)) / 2);
      case "DFT" -> StaticShape.unknown(largest(numbers(node, 1)));
      case "Multinomial" -> StaticShape.unknown(largest(StaticSizes.integers(node, "sample_size")));
      case "MaxUnpool", "CenterCropPad", "Col2Im", "AffineGrid" ->
          StaticShape.unknown(product(numbers(node, node.type().equals("MaxUnpool") ? 2 : 1)));
      case "Conv", "MaxPool", "AveragePool", "LpPool", "ConvInteger", "QLinearConv" ->
          StaticShape.unknown(spread(StaticSizes.integers(node, "pads")));
      case "ConvTranspose" ->
          StaticShape.unknown(
              Math.max(
                  product(StaticSizes.integers(node, "output_shape")),
                  spread(StaticSizes.integers(node, "output_padding"))));
      case "TfIdfVectorizer" ->
          StaticShape.unknown(1 + largest(StaticSizes.integers(node, "ngram_indexes")));
      case "Concat", "StringConcat", "SequenceConstruct" -> joined(node);
      case "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Mod",
          "And",
          "Or",
          "Xor",
          "Equal",
          "Less",
          "Greater",
          "LessOrEqual",
          "GreaterOrEqual",
          "Max",
          "Min",
          "Sum",
          "Mean",
          "Where",
          "PRelu",
          "BitShift",
          "BitwiseAnd",
          "BitwiseOr",
          "BitwiseXor" ->
          broadcast(node);
      case "MatMul" -> product(input(node, 0), input(node, 1));
      case "Relu",
          "Identity",
          "Cast",
          "Neg",
          "Abs",
          "Exp",
          "Sqrt",
          "Sigmoid",
          "Tanh",
          "Erf",
          "Softmax",
          "Dropout",
          "Not" ->
          input(node, 0);
      case "Reshape",
          "Transpose",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "DepthToSpace",
          "SpaceToDepth",
          "QuantizeLinear",
          "DequantizeLinear",
          "CastLike" ->
          reshaped(node);
      default -> ONE;
    };
  }

  private StaticShape machineLearning(Node node) {
    double wide =
        StaticSizes.integers(node, "inputdimensions").stream()
            .mapToDouble(Double::doubleValue)
            .sum();
    return node.type().equals("FeatureVectorizer") ? StaticShape.unknown(wide) : ONE;
  }

  private StaticShape input(Node node, int index) {
    return node.input(index).map(scope::shape).orElse(ONE);
  }

  private List<Double> numbers(Node node, int index) {
    return node.input(index).flatMap(scope::constant).map(StaticSizes::numbers).orElse(List.of());
  }

  private static StaticShape sizes(List<Double> sizes) {
    return sizes.isEmpty() ? ONE : StaticShape.of(sizes);
  }

  private StaticShape range(Node node) {
    List<Double> start = numbers(node, 0);
    List<Double> limit = numbers(node, 1);
    List<Double> delta = numbers(node, 2);
    if (start.size() != 1 || limit.size() != 1 || delta.size() != 1) {
      return ONE;
    }
    double count = Math.ceil((limit.getFirst() - start.getFirst()) / delta.getFirst());
    return StaticShape.of(List.of(Double.isNaN(count) ? Double.POSITIVE_INFINITY : count));
  }

  private StaticShape padded(Node node) {
    List<Double> pads = numbers(node, 1);
    double least = spread(pads.isEmpty() ? StaticSizes.integers(node, "pads") : pads);
    return StaticShape.unknown(Math.max(input(node, 0).elements(), least));
  }

  /** The product over the axes of begin + end, each at least 1. */
  private static double spread(List<Double> pads) {
    double elements = 1;
    int axes = pads.size() / 2;
    if (axes == 0) {
      return Math.max(1, product(pads));
    }
    for (int axis = 0; axis < axes; axis++) {
      elements *= Math.max(1, pads.get(axis) + pads.get(axis + axes));
    }
    return elements;
  }

  private StaticShape resized(Node node, List<Double> scales, List<Double> sizes) {
    return sizes.isEmpty()
        ? times(input(node, 0), product(scales))
        : StaticShape.unknown(product(sizes));
  }

  private StaticShape joined(Node node) {
    double sum = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      sum += input(node, i).elements();
    }
    return StaticShape.unknown(sum);
  }

  private StaticShape broadcast(Node node) {
    StaticShape shape = input(node, 0);
    for (int i = 1; i < node.inputs().size(); i++) {
      shape = shape.broadcast(input(node, i));
    }
    return shape;
  }

  /** A reshape keeps the number of elements; a constant target says the shape. */
  private StaticShape reshaped(Node node) {
    StaticShape from = input(node, 0);
    List<Double> target = node.is("Reshape") ? numbers(node, 1) : List.of();
    boolean plain = !target.isEmpty() && target.stream().allMatch(size -> size > 0);
    return plain ? StaticShape.of(target) : StaticShape.unknown(from.elements());
  }

  private static StaticShape product(StaticShape left, StaticShape right) {
    int rank = left.sizes().size();
    if (!left.known() || !right.known() || rank < 2 || right.sizes().size() != 2) {
      return ONE;
    }
    List<Double> sizes = new ArrayList<>(left.sizes().subList(0, rank - 1));
    sizes.add(right.sizes().getLast());
    return StaticShape.of(sizes);
  }

  private static StaticShape times(StaticShape shape, double factor) {
    return StaticShape.unknown(shape.elements() * factor);
  }

  private static double product(List<Double> numbers) {
    double product = 1;
    for (double number : numbers) {
      product *= number;
    }
    return numbers.isEmpty() ? 1 : product;
  }

  private static double largest(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).max().orElse(1);
  }
}
