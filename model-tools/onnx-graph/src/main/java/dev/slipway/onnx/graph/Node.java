package dev.slipway.onnx.graph;

import com.google.protobuf.ByteString;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.TensorProto;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A typed, read-only view of one node. */
public record Node(NodeProto proto) {

  /** {@return the node's name; may be empty} */
  public String name() {
    return proto.getName();
  }

  /** {@return what to call the node in a message: its name, or its first output} */
  public String label() {
    if (!name().isEmpty()) {
      return name();
    }
    return proto.getOutputCount() > 0 ? proto.getOutput(0) : "(unnamed " + type() + ")";
  }

  /** {@return the operator type, such as {@code Conv}} */
  public String type() {
    return proto.getOpType();
  }

  /**
   * {@return the operator's domain; the standard one is the empty string, never {@code ai.onnx}}
   */
  public String domain() {
    return Domains.canonical(proto.getDomain());
  }

  /** {@return whether this is the operator {@code type} of the standard domain} */
  public boolean is(String type) {
    return type().equals(type) && domain().isEmpty();
  }

  /** {@return the input names in order; an empty string is an input left out} */
  public List<String> inputs() {
    return proto.getInputList();
  }

  /** {@return the output names in order; an empty string is an output left out} */
  public List<String> outputs() {
    return proto.getOutputList();
  }

  /** {@return the input at {@code index}, empty if it is left out} */
  public Optional<String> input(int index) {
    return index < proto.getInputCount() && !proto.getInput(index).isEmpty()
        ? Optional.of(proto.getInput(index))
        : Optional.empty();
  }

  /** {@return the first output} */
  public String output() {
    return proto.getOutput(0);
  }

  /** {@return the attribute of this name} */
  public Optional<AttributeProto> attribute(String name) {
    return proto.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
  }

  /** {@return an integer attribute, or {@code absent} if the node does not have it} */
  public long intAttribute(String name, long absent) {
    return attribute(name).map(AttributeProto::getI).orElse(absent);
  }

  /** {@return a float attribute, or {@code absent} if the node does not have it} */
  public float floatAttribute(String name, float absent) {
    return attribute(name).map(AttributeProto::getF).orElse(absent);
  }

  /** {@return a string attribute, or {@code absent} if the node does not have it} */
  public String stringAttribute(String name, String absent) {
    return attribute(name).map(AttributeProto::getS).map(ByteString::toStringUtf8).orElse(absent);
  }

  /** {@return a list of integers, empty if the node does not have it} */
  public List<Long> intsAttribute(String name) {
    return attribute(name).map(AttributeProto::getIntsList).orElse(List.of());
  }

  /** {@return a tensor attribute} */
  public Optional<TensorProto> tensorAttribute(String name) {
    return attribute(name).filter(AttributeProto::hasT).map(AttributeProto::getT);
  }

  /** {@return the subgraphs of control-flow operators, in attribute order} */
  public List<GraphProto> subgraphs() {
    return proto.getAttributeList().stream()
        .flatMap(a ->
            Stream.concat(
                a.hasG() ? Stream.of(a.getG()) : Stream.empty(), a.getGraphsList().stream()))
        .toList();
  }
}
