package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.proto.TensorShapeProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the file alone says about a value's size.
 *
 * @param sizes the dimensions, 1 where a request decides; empty if not even the rank is known
 * @param known whether {@code sizes} is the shape
 * @param elements lower bound of the number of elements
 */
record StaticShape(List<Double> sizes, boolean known, double elements) {
  StaticShape {
    sizes = List.copyOf(sizes);
  }

  static StaticShape unknown(double elements) {
    return new StaticShape(List.of(), false, elements);
  }

  static StaticShape of(List<Double> sizes) {
    double product = 1;
    for (double size : sizes) {
      product *= size;
    }
    return new StaticShape(sizes, true, product);
  }

  static StaticShape of(long[] sizes) {
    return of(Arrays.stream(sizes).mapToObj(size -> (double) size).toList());
  }

  static StaticShape of(ValueInfoProto info) {
    if (!info.getType().getTensorType().hasShape()) {
      return unknown(1);
    }
    List<Double> sizes = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : info.getType().getTensorType().getShape().getDimList()) {
      sizes.add(dim.hasDimValue() && dim.getDimValue() >= 0 ? (double) dim.getDimValue() : 1.0);
    }
    return of(sizes);
  }

  /** {@return the shape after broadcasting both against each other} */
  StaticShape broadcast(StaticShape other) {
    if (!known || !other.known) {
      return unknown(Math.max(elements, other.elements));
    }
    int rank = Math.max(sizes.size(), other.sizes.size());
    List<Double> result = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      result.add(Math.max(fromEnd(rank - axis), other.fromEnd(rank - axis)));
    }
    return of(result);
  }

  private double fromEnd(int position) {
    int axis = sizes.size() - position;
    return axis < 0 ? 1 : sizes.get(axis);
  }
}
