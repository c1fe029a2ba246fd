package dev.slipway.onnx.graph;

import com.google.protobuf.ByteString;
import dev.slipway.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Reads the values of a tensor, whichever of the schema's fields holds them. External data must
 * have been loaded before ({@link ExternalData}).
 */
public final class TensorReader {
  private TensorReader() {}

  /** {@return the sizes of the dimensions} */
  public static long[] shape(TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** {@return the element type, refusing numbers the schema does not know} */
  public static ElementType type(TensorProto tensor) {
    return ElementType.ofNumber(tensor.getDataType())
        .orElseThrow(() -> bad(tensor, "has the unknown element type " + tensor.getDataType()));
  }

  /** {@return all values of a FLOAT, FLOAT16, BFLOAT16 or DOUBLE tensor as floats} */
  public static float[] floats(TensorProto tensor) {
    int count = count(tensor);
    float[] values = new float[count];
    ElementType type = type(tensor);
    switch (type) {
      case FLOAT -> readFloats(tensor, values);
      case DOUBLE -> readDoubles(tensor, values);
      case FLOAT16, BFLOAT16 -> readHalves(tensor, values, type);
      default -> throw bad(tensor, "has type " + type + ", expected a floating-point type");
    }
    return values;
  }

  /** {@return all values of an integer or BOOL tensor of 8 to 64 bits; UINT64 wraps} */
  public static long[] longs(TensorProto tensor) {
    long[] values = new long[count(tensor)];
    ElementType type = type(tensor);
    boolean raw = tensor.hasRawData();
    ByteBuffer bytes = raw ? payload(tensor, type) : ByteBuffer.allocate(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = raw ? rawInteger(tensor, bytes, type) : typedInteger(tensor, type, i);
    }
    return values;
  }

  /** {@return all values of a STRING tensor} */
  public static List<String> strings(TensorProto tensor) {
    checkStored(tensor, tensor.getStringDataCount(), count(tensor));
    return tensor.getStringDataList().stream().map(Tensors::text).toList();
  }

  /**
   * {@return the number of elements}
   *
   * @throws OnnxException if it is negative or more than an array can hold
   */
  public static int count(TensorProto tensor) {
    long count = 1;
    try {
      for (long size : tensor.getDimsList()) {
        if (size < 0) {
          throw bad(tensor, "has the negative dimension " + size);
        }
        count = Math.multiplyExact(count, size);
      }
      return Math.toIntExact(count);
    } catch (ArithmeticException e) {
      throw new OnnxException(
          OnnxException.Code.ONNX_TENSOR_INVALID,
          "tensor '" + tensor.getName() + "' has too many elements: " + tensor.getDimsList(),
          e);
    }
  }

  private static void readFloats(TensorProto tensor, float[] values) {
    if (tensor.hasRawData()) {
      payload(tensor, ElementType.FLOAT).asFloatBuffer().get(values);
      return;
    }
    checkStored(tensor, tensor.getFloatDataCount(), values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.getFloatData(i);
    }
  }

  private static void readDoubles(TensorProto tensor, float[] values) {
    boolean raw = tensor.hasRawData();
    ByteBuffer bytes = raw ? payload(tensor, ElementType.DOUBLE) : ByteBuffer.allocate(0);
    if (!raw) {
      checkStored(tensor, tensor.getDoubleDataCount(), values.length);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (raw ? bytes.getDouble() : tensor.getDoubleData(i));
    }
  }

  private static void readHalves(TensorProto tensor, float[] values, ElementType type) {
    boolean raw = tensor.hasRawData();
    ByteBuffer bytes = raw ? payload(tensor, type) : ByteBuffer.allocate(0);
    if (!raw) {
      checkStored(tensor, tensor.getInt32DataCount(), values.length);
    }
    for (int i = 0; i < values.length; i++) {
      short half = raw ? bytes.getShort() : (short) tensor.getInt32Data(i);
      values[i] =
          type == ElementType.FLOAT16
              ? Float.float16ToFloat(half)
              : Float.intBitsToFloat(half << Short.SIZE);
    }
  }

  private static long rawInteger(TensorProto tensor, ByteBuffer bytes, ElementType type) {
    return switch (type) {
      case INT8 -> bytes.get();
      case UINT8, BOOL -> Byte.toUnsignedLong(bytes.get());
      case INT16 -> bytes.getShort();
      case UINT16 -> Short.toUnsignedLong(bytes.getShort());
      case INT32 -> bytes.getInt();
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt());
      case INT64, UINT64 -> bytes.getLong();
      default -> throw bad(tensor, "has type " + type + ", expected an integer type");
    };
  }

  private static long typedInteger(TensorProto tensor, ElementType type, int index) {
    return switch (type) {
      case INT8, UINT8, BOOL, INT16, UINT16, INT32 -> {
        checkStored(tensor, tensor.getInt32DataCount(), count(tensor));
        yield tensor.getInt32Data(index);
      }
      case INT64 -> {
        checkStored(tensor, tensor.getInt64DataCount(), count(tensor));
        yield tensor.getInt64Data(index);
      }
      case UINT32, UINT64 -> {
        checkStored(tensor, tensor.getUint64DataCount(), count(tensor));
        yield tensor.getUint64Data(index);
      }
      default -> throw bad(tensor, "has type " + type + ", expected an integer type");
    };
  }

  private static ByteBuffer payload(TensorProto tensor, ElementType type) {
    ByteString raw = tensor.getRawData();
    checkStored(tensor, raw.size(), type.bytesFor(count(tensor)));
    return raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void checkStored(TensorProto tensor, long found, long expected) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new OnnxException(
          OnnxException.Code.ONNX_EXTERNAL_DATA,
          "tensor '" + tensor.getName() + "' is in another file; read the model from its path");
    }
    if (found != expected) {
      throw bad(tensor, "needs %d stored units, found %d".formatted(expected, found));
    }
  }

  private static OnnxException bad(TensorProto tensor, String message) {
    return new OnnxException(
        OnnxException.Code.ONNX_TENSOR_INVALID, "tensor '" + tensor.getName() + "' " + message);
  }
}
