package dev.slipway.onnx.quantize;

import dev.slipway.onnx.graph.ElementType;
import java.util.Arrays;
import java.util.List;

/** The value of one graph input in one calibration sample, row-major. */
public sealed interface CalibrationTensor {
  /** {@return the dimensions, none open} */
  List<Long> shape();

  /** 32-bit floats. */
  final class Floats implements CalibrationTensor {
    private final List<Long> shape;
    private final float[] values;

    /** Keeps the array, which must not change. */
    public Floats(List<Long> shape, float[] values) {
      this.shape = List.copyOf(shape);
      this.values = values;
    }

    @Override
    public List<Long> shape() {
      return shape;
    }

    float[] values() {
      return values;
    }

    @Override
    public String toString() {
      return Arrays.toString(values);
    }
  }

  /** 64-bit integers. */
  final class Longs implements CalibrationTensor {
    private final List<Long> shape;
    private final long[] values;

    /** Keeps the array, which must not change. */
    public Longs(List<Long> shape, long[] values) {
      this.shape = List.copyOf(shape);
      this.values = values;
    }

    @Override
    public List<Long> shape() {
      return shape;
    }

    long[] values() {
      return values;
    }

    @Override
    public String toString() {
      return Arrays.toString(values);
    }
  }

  /**
   * Strings.
   *
   * @param shape the dimensions
   * @param values the elements
   */
  record Texts(List<Long> shape, List<String> values) implements CalibrationTensor {
    /** Keeps copies of the lists. */
    public Texts {
      shape = List.copyOf(shape);
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** Elements of any other fixed width, as they are stored in an ONNX file. */
  final class Stored implements CalibrationTensor {
    private final ElementType type;
    private final List<Long> shape;
    private final byte[] littleEndian;

    /** Keeps the array, which must not change. */
    public Stored(ElementType type, List<Long> shape, byte[] littleEndian) {
      this.type = type;
      this.shape = List.copyOf(shape);
      this.littleEndian = littleEndian;
    }

    @Override
    public List<Long> shape() {
      return shape;
    }

    /** {@return the type of an element} */
    public ElementType type() {
      return type;
    }

    byte[] littleEndian() {
      return littleEndian;
    }
  }
}
