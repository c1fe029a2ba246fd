package dev.slipway.onnx.graph;

import java.util.Arrays;
import java.util.Optional;

/**
 * The element types of ONNX tensors, with their number in the schema and their width. Source:
 * {@code TensorProto.DataType} of onnx.proto, IR 14.
 */
public enum ElementType {
  FLOAT(1, 32, 3),
  UINT8(2, 8, 3),
  INT8(3, 8, 3),
  UINT16(4, 16, 3),
  INT16(5, 16, 3),
  INT32(6, 32, 3),
  INT64(7, 64, 3),
  STRING(8, 0, 3),
  BOOL(9, 8, 3),
  FLOAT16(10, 16, 3),
  DOUBLE(11, 64, 3),
  UINT32(12, 32, 3),
  UINT64(13, 64, 3),
  COMPLEX64(14, 64, 3),
  COMPLEX128(15, 128, 3),
  BFLOAT16(16, 16, 4),
  FLOAT8E4M3FN(17, 8, 9),
  FLOAT8E4M3FNUZ(18, 8, 9),
  FLOAT8E5M2(19, 8, 9),
  FLOAT8E5M2FNUZ(20, 8, 9),
  UINT4(21, 4, 10),
  INT4(22, 4, 10),
  FLOAT4E2M1(23, 4, 11),
  FLOAT8E8M0(24, 8, 12),
  UINT2(25, 2, 13),
  INT2(26, 2, 13),
  FLOAT6E2M3(27, 6, 14),
  FLOAT6E3M2(28, 6, 14);

  private final int number;
  private final int bits;
  private final int irVersion;

  ElementType(int number, int bits, int irVersion) {
    this.number = number;
    this.bits = bits;
    this.irVersion = irVersion;
  }

  /** {@return the number that stands for this type in the file} */
  public int number() {
    return number;
  }

  /** {@return the width of one element in bits; 0 for strings, whose width varies} */
  public int bits() {
    return bits;
  }

  /** {@return the lowest IR version that knows this type} */
  public int irVersion() {
    return irVersion;
  }

  /**
   * {@return the length of the packed payload of {@code count} elements in bytes}
   *
   * @throws ArithmeticException if it does not fit a long
   */
  public long bytesFor(long count) {
    return Math.ceilDiv(Math.multiplyExact(count, bits), 8L);
  }

  /** {@return the type with this number, empty if none is known} */
  public static Optional<ElementType> ofNumber(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }
}
