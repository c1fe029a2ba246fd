package dev.slipway.onnx.graph;

import dev.slipway.onnx.proto.TensorShapeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The shape of a graph value: fixed, named and unknown dimensions in order. No dimension: a scalar.
 */
public record Shape(List<Dimension> dimensions) {

  /** One dimension. */
  public sealed interface Dimension {
    /** A size known when the model is written; never negative. */
    record Fixed(long size) implements Dimension {
      public Fixed {
        if (size < 0) {
          throw new IllegalArgumentException("a dimension is at least 0, found " + size);
        }
      }
    }

    /** A size known when the model runs; equal names mean equal sizes. */
    record Named(String name) implements Dimension {}

    /** A size nobody has said anything about. */
    record Unknown() implements Dimension {}
  }

  public Shape {
    dimensions = List.copyOf(dimensions);
  }

  /** {@return a shape with these sizes} */
  public static Shape of(long... sizes) {
    return new Shape(
        Arrays.stream(sizes).mapToObj(size -> (Dimension) new Dimension.Fixed(size)).toList());
  }

  /** {@return a shape whose first dimension is the batch {@code N}, followed by these sizes} */
  public static Shape batchOf(long... sizes) {
    List<Dimension> dimensions = new ArrayList<>();
    dimensions.add(new Dimension.Named("N"));
    dimensions.addAll(of(sizes).dimensions());
    return new Shape(dimensions);
  }

  /** {@return the number of dimensions} */
  public int rank() {
    return dimensions.size();
  }

  /** {@return the size of dimension {@code axis} if it is fixed} */
  public OptionalLong size(int axis) {
    return dimensions.get(axis) instanceof Dimension.Fixed(long size)
        ? OptionalLong.of(size)
        : OptionalLong.empty();
  }

  /** {@return the sizes, with −1 where a dimension is not fixed} */
  public long[] sizesOrMinusOne() {
    return dimensions.stream()
        .mapToLong(dimension -> dimension instanceof Dimension.Fixed(long size) ? size : -1)
        .toArray();
  }

  /** {@return the shape in the words of the schema} */
  public TensorShapeProto toProto() {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dimension dimension : dimensions) {
      TensorShapeProto.Dimension.Builder dim = shape.addDimBuilder();
      switch (dimension) {
        case Dimension.Fixed(long size) -> dim.setDimValue(size);
        case Dimension.Named(String name) -> dim.setDimParam(name);
        case Dimension.Unknown() -> {
          // The schema says "unknown" by leaving the dimension empty.
        }
      }
    }
    return shape.build();
  }

  /** {@return the shape read from the schema's words; negative sizes count as unknown} */
  public static Shape ofProto(TensorShapeProto proto) {
    return new Shape(proto.getDimList().stream().map(Shape::dimension).toList());
  }

  private static Dimension dimension(TensorShapeProto.Dimension dim) {
    if (dim.hasDimValue() && dim.getDimValue() >= 0) {
      return new Dimension.Fixed(dim.getDimValue());
    }
    return dim.hasDimParam() && !dim.getDimParam().isEmpty()
        ? new Dimension.Named(dim.getDimParam())
        : new Dimension.Unknown();
  }

  @Override
  public String toString() {
    return dimensions.stream()
        .map(dimension ->
            switch (dimension) {
              case Dimension.Fixed(long size) -> Long.toString(size);
              case Dimension.Named(String name) -> name;
              case Dimension.Unknown() -> "?";
            })
        .collect(Collectors.joining(",", "[", "]"));
  }
}
