package dev.slipway.pipeline.export;

import com.google.protobuf.ByteString;
import dev.slipway.onnx.proto.AttributeProto;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Strings inside a graph as ONNX Runtime for Java passes them: UTF-8, but characters beyond U+FFFF
 * as two surrogates of three bytes each ({@link java.io.DataInput}). Words without such characters
 * are plain UTF-8.
 */
final class ModifiedUtf8 {
  private ModifiedUtf8() {}

  static AttributeProto attribute(String name, List<String> texts) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS);
    texts.forEach(text -> attribute.addStrings(bytes(text)));
    return attribute.build();
  }

  static ByteString bytes(String text) {
    if (text.codePoints().allMatch(Character::isBmpCodePoint)) {
      return ByteString.copyFrom(text, StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      if (Character.isSurrogate(unit)) {
        out.write(0xE0 | (unit >> 12));
        out.write(0x80 | ((unit >> 6) & 0x3F));
        out.write(0x80 | (unit & 0x3F));
      } else {
        out.writeBytes(String.valueOf(unit).getBytes(StandardCharsets.UTF_8));
      }
    }
    return ByteString.copyFrom(out.toByteArray());
  }
}
