package dev.slipway.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.ModelException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Between our tensors and those of ONNX Runtime. */
final class OnnxTensors {
  /** What a graph says about one of its inputs or outputs. */
  record Declared(Datatype datatype, Shape shape) {}

  private OnnxTensors() {}

  static Declared declared(String name, NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo info) {
      Optional<Datatype> datatype = datatype(info.type);
      if (datatype.isPresent()) {
        return new Declared(datatype.get(), Shape.of(info.getShape()));
      }
    }
    throw new ModelException(
        Code.MODEL_SIGNATURE_MISMATCH,
        name
            + " is "
            + node.getInfo()
            + "; Slipway serves tensors of FP32, FP64, INT8, INT16, INT32,"
            + " INT64, UINT8, BOOL and strings. Export the model without maps and sequences.");
  }

  static OnnxTensor toOnnx(OrtEnvironment environment, Tensor tensor) throws OrtException {
    long[] shape = tensor.shape().toArray();
    if (tensor instanceof NumberTensor numbers) {
      ByteBuffer data = numbers.data();
      return switch (numbers.datatype()) {
        case FP32 -> OnnxTensor.createTensor(environment, data.asFloatBuffer(), shape);
        case FP64 -> OnnxTensor.createTensor(environment, data.asDoubleBuffer(), shape);
        case INT16 -> OnnxTensor.createTensor(environment, data.asShortBuffer(), shape);
        case INT32 -> OnnxTensor.createTensor(environment, data.asIntBuffer(), shape);
        case INT64 -> OnnxTensor.createTensor(environment, data.asLongBuffer(), shape);
        case INT8 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.INT8);
        case UINT8 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.UINT8);
        case BOOL -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.BOOL);
        case BYTES -> throw new IllegalStateException("no tensor of numbers holds BYTES");
      };
    }
    List<String> texts = ((TextTensor) tensor).values();
    return OnnxTensor.createTensor(environment, texts.toArray(new String[0]), shape);
  }

  static Tensor fromOnnx(String name, OnnxValue value) throws OrtException {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new ModelException(
          Code.MODEL_RUN_FAILED, "output " + name + " is " + value.getType() + ", no tensor.");
    }
    Optional<Datatype> known = datatype(tensor.getInfo().type);
    if (known.isEmpty()) {
      throw new ModelException(
          Code.MODEL_RUN_FAILED,
          "output " + name + " has elements of " + tensor.getInfo().type + ".");
    }
    Datatype datatype = known.get();
    Shape shape = Shape.of(tensor.getInfo().getShape());
    if (datatype.isText()) {
      List<String> texts = new ArrayList<>();
      flatten(tensor.getValue(), texts);
      return new TextTensor(name, shape, texts);
    }
    if (shape.elementCount().orElse(-1) == 0) {
      ByteBuffer none = ByteBuffer.allocate(0).order(ByteOrder.nativeOrder());
      return NumberTensor.over(name, datatype, shape, none);
    }
    return NumberTensor.over(name, datatype, shape, tensor.getByteBuffer());
  }

  /** Strings have no buffer; ONNX Runtime gives a string or nested arrays of them. */
  private static void flatten(Object value, List<String> texts) {
    if (value instanceof Object[] elements) {
      for (Object element : elements) {
        flatten(element, texts);
      }
    } else {
      texts.add((String) value);
    }
  }

  private static Optional<Datatype> datatype(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> Optional.of(Datatype.FP32);
      case DOUBLE -> Optional.of(Datatype.FP64);
      case INT8 -> Optional.of(Datatype.INT8);
      case INT16 -> Optional.of(Datatype.INT16);
      case INT32 -> Optional.of(Datatype.INT32);
      case INT64 -> Optional.of(Datatype.INT64);
      case UINT8 -> Optional.of(Datatype.UINT8);
      case BOOL -> Optional.of(Datatype.BOOL);
      case STRING -> Optional.of(Datatype.BYTES);
      case FLOAT16, BFLOAT16, UNKNOWN -> Optional.empty();
    };
  }
}
