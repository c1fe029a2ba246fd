package dev.slipway.onnx.quantize.input;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.OnnxException;
import dev.slipway.onnx.graph.TensorReader;
import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One value in a {@code .pb} file: ONNX's own message for a tensor. */
final class TensorFile {
  private TensorFile() {}

  static CalibrationTensor read(Path file, ValueType input, Elements elements) {
    try {
      TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(file));
      List<Long> shape = Arrays.stream(TensorReader.shape(tensor)).boxed().toList();
      ElementType found = TensorReader.type(tensor);
      if (found != input.elementType() || !Fit.whole(input, shape)) {
        throw Unreadable.mismatch(
            "%s, input '%s': expected %s %s, found %s %s"
                .formatted(
                    file,
                    input.name(),
                    input.elementType(),
                    input.shape().map(Object::toString).orElse("of any shape"),
                    found,
                    shape));
      }
      return found == ElementType.STRING
          ? new CalibrationTensor.Texts(shape, TensorReader.strings(tensor))
          : elements.tensor(bytes(tensor, found), type(found), found, shape, file.toString());
    } catch (InvalidProtocolBufferException | OnnxException broken) {
      throw Unreadable.file(
          file, "it is no ONNX tensor (%s)".formatted(broken.getMessage()), broken);
    } catch (IOException failure) {
      throw Unreadable.file(file, "cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static ByteBuffer bytes(TensorProto tensor, ElementType type) {
    int count = TensorReader.count(tensor);
    NpyType.Kind kind = type(type).kind();
    ByteBuffer buffer = ByteBuffer.allocate(count * 8).order(ByteOrder.LITTLE_ENDIAN);
    if (kind == NpyType.Kind.FLOAT) {
      for (float value : TensorReader.floats(tensor)) {
        buffer.putDouble(value);
      }
    } else {
      for (long value : TensorReader.longs(tensor)) {
        buffer.putLong(value);
      }
    }
    return buffer.flip();
  }

  /** The kind of the type, in the 8 bytes per element that {@link #bytes} writes. */
  private static NpyType type(ElementType type) {
    Optional<NpyType.Kind> kind =
        switch (type) {
          case FLOAT, DOUBLE, FLOAT16 -> Optional.of(NpyType.Kind.FLOAT);
          case INT8, INT16, INT32, INT64, UINT8 -> Optional.of(NpyType.Kind.SIGNED);
          case BOOL -> Optional.of(NpyType.Kind.BOOLEAN);
          default -> Optional.empty();
        };
    return kind.map(one -> new NpyType(one, 8, ByteOrder.LITTLE_ENDIAN))
        .orElseThrow(() -> Unreadable.mismatch("inputs of type " + type + " are not calibrated"));
  }
}
