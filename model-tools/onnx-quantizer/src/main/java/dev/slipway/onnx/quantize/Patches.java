package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.Node;
import java.util.List;

/**
 * The parts of its input that a convolution multiplies with its kernels, for any number of
 * dimensions. A patch runs over the kernel's positions and, within each, over all input channels.
 */
final class Patches {
  private final long[] kernel;
  private final long[] strides;
  private final long[] dilations;
  private final long[] pads;
  private final String autoPad;

  private Patches(Node node, long[] kernel) {
    this.kernel = kernel;
    strides = attribute(node, "strides", kernel.length, 1);
    dilations = attribute(node, "dilations", kernel.length, 1);
    pads = attribute(node, "pads", 2 * kernel.length, 0);
    autoPad = node.stringAttribute("auto_pad", "NOTSET");
  }

  /**
   * {@return the patches of a Conv}
   *
   * @param weightShape [outputs][inputs per group][kernel…]
   */
  static Patches of(Node node, long[] weightShape) {
    return new Patches(node, java.util.Arrays.copyOfRange(weightShape, 2, weightShape.length));
  }

  private static long[] attribute(Node node, String name, int count, long absent) {
    List<Long> given = node.intsAttribute(name);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = i < given.size() ? given.get(i) : absent;
    }
    return values;
  }

  /**
   * {@return how many patches an input of this shape has}
   *
   * @param shape [batch][channels][space…]
   */
  long count(long[] shape) {
    long count = shape[0];
    for (int axis = 0; axis < kernel.length; axis++) {
      count *= Math.max(0, outputs(axis, shape[axis + 2]));
    }
    return count;
  }

  private long extent(int axis) {
    return dilations[axis] * (kernel[axis] - 1) + 1;
  }

  private long outputs(int axis, long size) {
    if (autoPad.startsWith("SAME")) {
      return Math.ceilDiv(size, strides[axis]);
    }
    long padded = size + pads[axis] + pads[axis + kernel.length];
    return Math.floorDiv(padded - extent(axis), strides[axis]) + 1;
  }

  private long padBefore(int axis, long size) {
    if (!autoPad.startsWith("SAME")) {
      return pads[axis];
    }
    long all = Math.max(0, (outputs(axis, size) - 1) * strides[axis] + extent(axis) - size);
    return autoPad.equals("SAME_LOWER") ? all - all / 2 : all / 2;
  }

  /** {@return patch {@code index}, counted row-major over batch and space; 0 in the padding} */
  float[] at(float[] values, long[] shape, long index) {
    long[] first = new long[kernel.length];
    long rest = index;
    for (int axis = kernel.length - 1; axis >= 0; axis--) {
      long outputs = outputs(axis, shape[axis + 2]);
      first[axis] = rest % outputs * strides[axis] - padBefore(axis, shape[axis + 2]);
      rest /= outputs;
    }
    int channels = Math.toIntExact(shape[1]);
    int plane = values.length / Math.toIntExact(shape[0] * channels);
    int image = Math.toIntExact(rest) * channels * plane;
    int positions = 1;
    for (long size : kernel) {
      positions *= Math.toIntExact(size);
    }
    float[] patch = new float[positions * channels];
    for (int position = 0; position < positions; position++) {
      int offset = offset(position, first, shape);
      for (int channel = 0; offset >= 0 && channel < channels; channel++) {
        patch[position * channels + channel] = values[image + channel * plane + offset];
      }
    }
    return patch;
  }

  /** {@return where in a plane the kernel's position lies, −1 for the padding} */
  private int offset(int position, long[] first, long[] shape) {
    long offset = 0;
    long stride = 1;
    long rest = position;
    for (int axis = kernel.length - 1; axis >= 0; axis--) {
      long place = first[axis] + rest % kernel[axis] * dilations[axis];
      if (place < 0 || place >= shape[axis + 2]) {
        return -1;
      }
      offset += place * stride;
      stride *= shape[axis + 2];
      rest /= kernel[axis];
    }
    return Math.toIntExact(offset);
  }
}
