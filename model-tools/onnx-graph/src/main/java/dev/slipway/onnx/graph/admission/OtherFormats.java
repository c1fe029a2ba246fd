package dev.slipway.onnx.graph.admission;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Recognises by their first bytes the files that people upload by mistake, and those that could
 * carry code. An ONNX file starts with a field of {@code ModelProto}, none of which looks so.
 */
final class OtherFormats {
  /** Opcode PROTO of Python's pickle with its protocol number, 2 to 5. */
  private static final int PICKLE = 0x80;

  private OtherFormats() {}

  /** {@return the name of the other format, with advice, empty if none is recognised} */
  static Optional<String> recognize(byte[] bytes) {
    if (startsWith(bytes, 0, "PK\3\4") || startsWith(bytes, 0, "PK\5\6")) {
      return Optional.of("a zip archive (PyTorch, Keras); export the model with torch.onnx.export");
    }
    if (bytes.length > 1 && (bytes[0] & 0xff) == PICKLE && bytes[1] >= 2 && bytes[1] <= 5) {
      return Optional.of("a Python pickle, which can run code; export the model to ONNX");
    }
    if (bytes.length > 8 && startsWith(bytes, 1, "HDF\r\n")) {
      return Optional.of("an HDF5 file (Keras); convert it with tf2onnx");
    }
    if (startsWith(bytes, 4, "ORTM")) {
      return Optional.of("an ONNX Runtime .ort file; upload the .onnx it was made from");
    }
    if (startsWith(bytes, 4, "TFL3")) {
      return Optional.of("a TensorFlow Lite file; convert it with tf2onnx");
    }
    if (bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
      return Optional.of("a gzip file; unpack it first");
    }
    if (startsWith(bytes, 1, "ELF") || startsWith(bytes, 0, "MZ")) {
      return Optional.of("a program");
    }
    if (startsWith(bytes, 0, "version https://git-lfs")) {
      return Optional.of("a Git LFS pointer; fetch the file itself (git lfs pull)");
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, int offset, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < offset + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
