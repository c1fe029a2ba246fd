package dev.slipway.onnx.graph;

import dev.slipway.onnx.proto.TypeProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.Optional;

/**
 * A graph value's name, element type and shape.
 *
 * @param shape empty where the model does not say even the rank
 */
public record ValueType(String name, ElementType elementType, Optional<Shape> shape) {

  /** {@return a value of known shape} */
  public static ValueType of(String name, ElementType elementType, Shape shape) {
    return new ValueType(name, elementType, Optional.of(shape));
  }

  /** {@return the typed view, empty if the value is no dense tensor of a known element type} */
  public static Optional<ValueType> ofProto(ValueInfoProto info) {
    if (!info.getType().hasTensorType()) {
      return Optional.empty();
    }
    TypeProto.Tensor tensor = info.getType().getTensorType();
    Optional<Shape> shape =
        tensor.hasShape() ? Optional.of(Shape.ofProto(tensor.getShape())) : Optional.empty();
    return ElementType.ofNumber(tensor.getElemType())
        .map(type -> new ValueType(info.getName(), type, shape));
  }

  /** {@return the value in the words of the schema} */
  public ValueInfoProto toProto() {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder();
    tensor.setElemType(elementType.number());
    shape.ifPresent(known -> tensor.setShape(known.toProto()));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
