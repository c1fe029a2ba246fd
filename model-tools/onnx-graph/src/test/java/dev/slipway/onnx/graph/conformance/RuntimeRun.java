package dev.slipway.onnx.graph.conformance;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.ByteString;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a model on ONNX Runtime, one thread, with inputs and outputs of any type. */
public final class RuntimeRun {
  private RuntimeRun() {}

  /** A model and what to give it. Inputs of types that Java cannot hand over became constants. */
  public record Prepared(ModelProto model, Map<String, TensorProto> given) {}

  /** An output: element type, sizes and bytes, or the words of it where it is no number. */
  public record Value(String type, List<Long> shape, ByteString bytes, String words) {
    @Override
    public String toString() {
      return "%s%s %s"
          .formatted(
              type, shape, words.isEmpty() ? HexFormat.of().formatHex(bytes.toByteArray()) : words);
    }

    /** {@return the numbers of a FLOAT output} */
    public float[] floats() {
      float[] values = new float[bytes.size() / Float.BYTES];
      bytes.asReadOnlyByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
      return values;
    }
  }

  /** {@return the model with its inputs by name; empty where an input is no tensor} */
  public static Optional<Prepared> prepare(ModelProto model, List<TensorProto> inputs) {
    GraphProto graph = model.getGraph();
    if (inputs.size() > graph.getInputCount()
        || graph.getInputList().stream().anyMatch(input -> !input.getType().hasTensorType())) {
      return Optional.empty();
    }
    GraphProto.Builder changed = graph.toBuilder();
    Map<String, TensorProto> given = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorProto tensor = inputs.get(i).toBuilder().setName(graph.getInput(i).getName()).build();
      if (javaType(tensor).isPresent()) {
        given.put(tensor.getName(), tensor);
      } else {
        changed.addInitializer(tensor);
      }
    }
    return Optional.of(new Prepared(model.toBuilder().setGraph(changed).build(), given));
  }

  /** {@return the outputs by name} */
  public static Map<String, Value> run(byte[] model, Map<String, TensorProto> given)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      try (OrtSession session = environment.createSession(model, options)) {
        for (TensorProto tensor : given.values()) {
          if (session.getInputNames().contains(tensor.getName())) {
            inputs.put(tensor.getName(), tensor(environment, tensor));
          }
        }
        try (OrtSession.Result result = session.run(inputs)) {
          Map<String, Value> outputs = new LinkedHashMap<>();
          for (Map.Entry<String, OnnxValue> output : result) {
            outputs.put(output.getKey(), value(output.getValue()));
          }
          return outputs;
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** {@return the names of the outputs of a graph that are 32-bit floats} */
  public static List<String> floatOutputs(GraphProto graph) {
    return graph.getOutputList().stream()
        .filter(o -> o.getType().getTensorType().getElemType() == ElementType.FLOAT.number())
        .map(ValueInfoProto::getName)
        .toList();
  }

  private static Optional<OnnxJavaType> javaType(TensorProto tensor) {
    return ElementType.ofNumber(tensor.getDataType())
        .flatMap(type ->
            Arrays.stream(OnnxJavaType.values())
                .filter(t -> t.name().equals(type.name()))
                .findFirst());
  }

  private static OnnxTensor tensor(OrtEnvironment environment, TensorProto tensor)
      throws OrtException {
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    OnnxJavaType type = javaType(tensor).orElseThrow();
    if (type == OnnxJavaType.STRING) {
      String[] words =
          tensor.getStringDataList().stream().map(ByteString::toStringUtf8).toArray(String[]::new);
      return OnnxTensor.createTensor(environment, words, shape);
    }
    ByteString bytes = raw(tensor);
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.size()).order(ByteOrder.nativeOrder());
    bytes.copyTo(buffer);
    return OnnxTensor.createTensor(environment, buffer.flip(), shape, type);
  }

  /** {@return the numbers of a tensor, little-endian, whichever field they lie in} */
  public static ByteString raw(TensorProto tensor) {
    if (tensor.hasRawData()) {
      return tensor.getRawData();
    }
    int most =
        Long.BYTES
            * (tensor.getInt32DataCount()
                + tensor.getInt64DataCount()
                + tensor.getUint64DataCount()
                + tensor.getFloatDataCount()
                + tensor.getDoubleDataCount());
    ByteBuffer buffer = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    int bits = ElementType.ofNumber(tensor.getDataType()).orElseThrow().bits();
    for (int number : tensor.getInt32DataList()) {
      switch (bits) {
        case Integer.SIZE -> buffer.putInt(number);
        case Short.SIZE -> buffer.putShort((short) number);
        default -> buffer.put((byte) number);
      }
    }
    tensor.getInt64DataList().forEach(buffer::putLong);
    tensor.getUint64DataList().forEach(buffer::putLong);
    tensor.getFloatDataList().forEach(buffer::putFloat);
    tensor.getDoubleDataList().forEach(buffer::putDouble);
    return ByteString.copyFrom(buffer.flip());
  }

  private static Value value(OnnxValue value) throws OrtException {
    if (value instanceof OnnxSequence sequence) {
      List<String> words = new ArrayList<>();
      for (OnnxValue element : sequence.getValue()) {
        words.add(value(element).toString());
      }
      return new Value("sequence", List.of(), ByteString.EMPTY, words.toString());
    }
    if (value instanceof OnnxMap map) {
      return new Value("map", List.of(), ByteString.EMPTY, map.getValue().toString());
    }
    if (!(value instanceof OnnxTensor tensor)) {
      return new Value(value.getType().name(), List.of(), ByteString.EMPTY, "");
    }
    TensorInfo info = tensor.getInfo();
    List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
    if (info.type == OnnxJavaType.STRING) {
      String words = Arrays.deepToString(new Object[] {tensor.getValue()});
      return new Value("STRING", shape, ByteString.EMPTY, words);
    }
    ByteString bytes =
        info.getNumElements() == 0 ? ByteString.EMPTY : ByteString.copyFrom(tensor.getByteBuffer());
    return new Value(info.onnxType.name(), shape, bytes, "");
  }
}
