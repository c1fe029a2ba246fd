package dev.slipway.onnx.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.slipway.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Makes tensors in the form this library writes: numbers as little-endian raw data, strings as
 * UTF-8. Arrays are copied. The empty shape {@code new long[0]} is a scalar.
 */
public final class Tensors {
  private static final long[] SCALAR = {};

  private Tensors() {}

  /** {@return a float tensor} */
  public static TensorProto floats(String name, long[] shape, float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(values);
    return raw(name, ElementType.FLOAT, shape, bytes);
  }

  /** {@return a float vector} */
  public static TensorProto floats(String name, float... values) {
    return floats(name, new long[] {values.length}, values);
  }

  /** {@return a float scalar} */
  public static TensorProto scalar(String name, float value) {
    return floats(name, SCALAR, value);
  }

  /** {@return a 64-bit integer tensor} */
  public static TensorProto longs(String name, long[] shape, long... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    littleEndian(bytes).asLongBuffer().put(values);
    return raw(name, ElementType.INT64, shape, bytes);
  }

  /** {@return a 64-bit integer vector} */
  public static TensorProto longs(String name, long... values) {
    return longs(name, new long[] {values.length}, values);
  }

  /** {@return a 32-bit integer tensor} */
  public static TensorProto ints(String name, long[] shape, int... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Integer.BYTES)];
    littleEndian(bytes).asIntBuffer().put(values);
    return raw(name, ElementType.INT32, shape, bytes);
  }

  /** {@return a signed byte tensor} */
  public static TensorProto int8(String name, long[] shape, byte... values) {
    return raw(name, ElementType.INT8, shape, values.clone());
  }

  /** {@return an unsigned byte tensor; each byte stands for 0..255} */
  public static TensorProto uint8(String name, long[] shape, byte... values) {
    return raw(name, ElementType.UINT8, shape, values.clone());
  }

  /** {@return an unsigned byte scalar} */
  public static TensorProto uint8Scalar(String name, int value) {
    return uint8(name, SCALAR, (byte) value);
  }

  /** {@return a half-precision tensor, each value rounded to nearest even} */
  public static TensorProto float16(String name, long[] shape, float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Short.BYTES)];
    ByteBuffer halves = littleEndian(bytes);
    for (float value : values) {
      halves.putShort(Float.floatToFloat16(value));
    }
    return raw(name, ElementType.FLOAT16, shape, bytes);
  }

  /** {@return a string tensor} */
  public static TensorProto strings(String name, long[] shape, List<String> values) {
    checkCount(name, shape, values.size());
    TensorProto.Builder tensor = start(name, ElementType.STRING, shape);
    values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
    return tensor.build();
  }

  /** {@return a string vector} */
  public static TensorProto strings(String name, List<String> values) {
    return strings(name, new long[] {values.size()}, values);
  }

  /**
   * {@return a tensor of packed little-endian bytes; takes over the array, which must not change}
   */
  public static TensorProto raw(String name, ElementType type, long[] shape, byte[] bytes) {
    long expected = type.bytesFor(count(shape));
    if (bytes.length != expected) {
      throw new OnnxException(
          OnnxException.Code.ONNX_TENSOR_INVALID,
          "tensor '%s' of type %s and shape %s needs %d bytes, found %d"
              .formatted(name, type, Arrays.toString(shape), expected, bytes.length));
    }
    return start(name, type, shape).setRawData(UnsafeByteOperations.unsafeWrap(bytes)).build();
  }

  /**
   * {@return the number of elements of a shape}
   *
   * @throws ArithmeticException if it does not fit a long
   */
  public static long count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /** {@return the text of one element of a string tensor} */
  static String text(ByteString bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto.Builder start(String name, ElementType type, long[] shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.number());
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private static void checkCount(String name, long[] shape, long found) {
    if (count(shape) != found) {
      throw new OnnxException(
          OnnxException.Code.ONNX_TENSOR_INVALID,
          "tensor '%s' of shape %s needs %d values, found %d"
              .formatted(name, Arrays.toString(shape), count(shape), found));
    }
  }
}
