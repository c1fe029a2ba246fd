package dev.slipway.runtime;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.TensorValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor of numbers over a buffer in native byte order.
 *
 * <p>The buffer is not copied: whoever gave it must leave its content alone while the tensor is in
 * use. Reading is thread-safe.
 */
public final class NumberTensor implements Tensor {
  private final String name;
  private final Datatype datatype;
  private final Shape shape;
  private final ByteBuffer data;
  private final int size;

  private NumberTensor(String name, Datatype datatype, Shape shape, ByteBuffer data) {
    this.name = name;
    this.datatype = datatype;
    this.shape = shape;
    this.data = data;
    this.size = data.capacity() / datatype.elementBytes();
  }

  /**
   * {@return a tensor over the buffer's bytes from 0 to its limit}
   *
   * @param name the model's input or output
   * @param datatype the type of the elements; not {@link Datatype#BYTES}
   * @param shape its dimensions
   * @param data the elements in native byte order; ONNX Runtime reads a direct buffer in place
   * @throws IllegalArgumentException when shape and buffer do not fit
   */
  public static NumberTensor over(String name, Datatype datatype, Shape shape, ByteBuffer data) {
    if (datatype.isText()) {
      throw new IllegalArgumentException("tensor " + name + ": BYTES elements are no numbers");
    }
    long expected = shape.elementCount().orElse(-1);
    if (expected < 0
        || expected > Integer.MAX_VALUE / datatype.elementBytes()
        || expected * datatype.elementBytes() != data.limit()) {
      throw new IllegalArgumentException(
          "tensor " + name + " has shape " + shape + " and a buffer of " + data.limit() + " bytes");
    }
    ByteBuffer whole = data.slice(0, data.limit()).order(ByteOrder.nativeOrder());
    return new NumberTensor(name, datatype, shape, whole);
  }

  /**
   * {@return an FP32 tensor with a copy of the values}
   *
   * @param name the model's input
   * @param shape its dimensions
   * @param values the elements, row-major
   */
  public static NumberTensor ofFloats(String name, Shape shape, float... values) {
    ByteBuffer data =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    data.asFloatBuffer().put(values);
    return over(name, Datatype.FP32, shape, data);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Datatype datatype() {
    return datatype;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /** {@return the number of elements} */
  public int size() {
    return size;
  }

  /**
   * {@return an element of an FP32 tensor}
   *
   * @param index from 0 to size − 1, row-major
   */
  public float getFloat(int index) {
    return data.getFloat(index * Float.BYTES);
  }

  /**
   * {@return an element of any type as a double; INT64 beyond 2^53 is rounded, true is 1}
   *
   * @param index from 0 to size − 1, row-major
   */
  public double getDouble(int index) {
    return switch (datatype) {
      case FP32 -> data.getFloat(index * Float.BYTES);
      case FP64 -> data.getDouble(index * Double.BYTES);
      case INT8, INT16, INT32, INT64, UINT8, BOOL -> getLong(index);
      case BYTES -> throw new IllegalStateException("no tensor of numbers holds BYTES");
    };
  }

  /**
   * {@return an element of any type as a whole number, fractions cut off}
   *
   * @param index from 0 to size − 1, row-major
   */
  public long getLong(int index) {
    return switch (datatype) {
      case FP32 -> (long) data.getFloat(index * Float.BYTES);
      case FP64 -> (long) data.getDouble(index * Double.BYTES);
      case INT8, BOOL -> data.get(index);
      case UINT8 -> Byte.toUnsignedLong(data.get(index));
      case INT16 -> data.getShort(index * Short.BYTES);
      case INT32 -> data.getInt(index * Integer.BYTES);
      case INT64 -> data.getLong(index * Long.BYTES);
      case BYTES -> throw new IllegalStateException("no tensor of numbers holds BYTES");
    };
  }

  /** {@return a read-only view of the elements in native byte order} */
  public ByteBuffer bytes() {
    return data.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
  }

  @Override
  public NamedTensor toNamed() {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = getDouble(i);
    }
    return new NamedTensor(name, datatype, shape, TensorValues.Numbers.of(values));
  }

  @Override
  public String toString() {
    return name + " " + datatype + shape;
  }

  /** {@return the elements for ONNX Runtime} */
  ByteBuffer data() {
    return data.duplicate().order(ByteOrder.nativeOrder());
  }
}
