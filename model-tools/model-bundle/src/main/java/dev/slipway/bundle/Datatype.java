package dev.slipway.bundle;

import java.util.Optional;

/** The element types of the Open Inference Protocol v2 that Slipway serves. */
public enum Datatype {
  /** 32-bit IEEE 754 number. */
  FP32(4),
  /** 64-bit IEEE 754 number. */
  FP64(8),
  /** 8-bit signed number. */
  INT8(1),
  /** 16-bit signed number. */
  INT16(2),
  /** 32-bit signed number. */
  INT32(4),
  /** 64-bit signed number. */
  INT64(8),
  /** 8-bit unsigned number. */
  UINT8(1),
  /** True or false in one byte. */
  BOOL(1),
  /** A string in UTF-8; the protocol's name for it. */
  BYTES(0);

  private final int bytes;

  Datatype(int bytes) {
    this.bytes = bytes;
  }

  /** {@return the bytes of one element, 0 for {@link #BYTES} whose elements vary} */
  public int elementBytes() {
    return bytes;
  }

  /** {@return whether elements are strings} */
  public boolean isText() {
    return this == BYTES;
  }

  /** {@return whether elements are IEEE 754 numbers, which can be NaN or infinite} */
  public boolean isFloating() {
    return this == FP32 || this == FP64;
  }

  /**
   * {@return the datatype of that name, or empty}
   *
   * @param name for example {@code FP32}; case matters, as in the protocol
   */
  public static Optional<Datatype> named(String name) {
    for (Datatype datatype : values()) {
      if (datatype.name().equals(name)) {
        return Optional.of(datatype);
      }
    }
    return Optional.empty();
  }
}
