package dev.slipway.onnx.graph;

import com.google.protobuf.ByteString;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.AttributeProto.AttributeType;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.TensorProto;
import java.util.List;

/** Makes node attributes. */
public final class Attributes {
  private Attributes() {}

  /** {@return an integer attribute} */
  public static AttributeProto of(String name, long value) {
    return start(name, AttributeType.INT).setI(value).build();
  }

  /** {@return a float attribute} */
  public static AttributeProto of(String name, float value) {
    return start(name, AttributeType.FLOAT).setF(value).build();
  }

  /** {@return a string attribute} */
  public static AttributeProto of(String name, String value) {
    return start(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  /** {@return a tensor attribute} */
  public static AttributeProto of(String name, TensorProto value) {
    return start(name, AttributeType.TENSOR).setT(value).build();
  }

  /** {@return a subgraph attribute} */
  public static AttributeProto of(String name, GraphProto value) {
    return start(name, AttributeType.GRAPH).setG(value).build();
  }

  /** {@return an attribute that is a list of integers} */
  public static AttributeProto ofLongs(String name, long... values) {
    AttributeProto.Builder attribute = start(name, AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /** {@return an attribute that is a list of floats} */
  public static AttributeProto ofFloats(String name, float... values) {
    AttributeProto.Builder attribute = start(name, AttributeType.FLOATS);
    for (float value : values) {
      attribute.addFloats(value);
    }
    return attribute.build();
  }

  /** {@return an attribute that is a list of strings} */
  public static AttributeProto ofStrings(String name, List<String> values) {
    AttributeProto.Builder attribute = start(name, AttributeType.STRINGS);
    values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
    return attribute.build();
  }

  private static AttributeProto.Builder start(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
