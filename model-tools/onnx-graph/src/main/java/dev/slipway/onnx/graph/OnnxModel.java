package dev.slipway.onnx.graph;

import static java.util.stream.Collectors.toSet;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.StringStringEntryProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ONNX model in memory, immutable and safe to share between threads. Fields of a newer schema
 * survive reading and writing.
 */
public final class OnnxModel {
  private final ModelProto proto;

  private OnnxModel(ModelProto proto) {
    this.proto = proto;
  }

  /** {@return the model around these schema classes} */
  public static OnnxModel of(ModelProto proto) {
    return new OnnxModel(proto);
  }

  /**
   * {@return the model in the file, with the external data it names loaded}
   *
   * @throws OnnxException if the file is no ONNX model, is over a limit, or its external data is
   *     missing or outside the model's folder
   */
  public static OnnxModel read(Path file, ReadLimits limits) {
    try {
      limits.checkSize(Files.size(file), file.toString());
      OnnxModel model = parse(Files.readAllBytes(file), limits);
      Path folder = file.toAbsolutePath().normalize().getParent();
      return ExternalData.isUsed(model) && folder != null
          ? ExternalData.load(model, folder, limits)
          : model;
    } catch (IOException e) {
      throw new UncheckedIOException("reading the ONNX model " + file, e);
    }
  }

  /** {@return the model in the file, within the default limits} */
  public static OnnxModel read(Path file) {
    return read(file, ReadLimits.defaults());
  }

  /**
   * {@return the model in these bytes, which must not change afterwards: payloads are not copied}
   *
   * @throws OnnxException if the bytes are no ONNX model or are over a limit
   */
  public static OnnxModel parse(byte[] bytes, ReadLimits limits) {
    limits.checkSize(bytes.length, "the model");
    // Only from a ByteString, which nobody may change, are payloads taken without a copy.
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    input.enableAliasing(true);
    input.setRecursionLimit(limits.recursion());
    try {
      ModelProto model = ModelProto.parseFrom(input);
      input.checkLastTagWas(0);
      return checked(model);
    } catch (InvalidProtocolBufferException e) {
      throw new OnnxException(
          OnnxException.Code.ONNX_UNREADABLE,
          "the bytes are no ONNX protobuf message: %s. Check that the file is complete and is .onnx"
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading an ONNX model from memory", e);
    }
  }

  /** {@return the model in these bytes, within the default limits} */
  public static OnnxModel parse(byte[] bytes) {
    return parse(bytes, ReadLimits.defaults());
  }

  private static OnnxModel checked(ModelProto model) {
    if (!model.hasGraph() || model.getIrVersion() < 1) {
      throw new OnnxException(
          OnnxException.Code.ONNX_UNREADABLE,
          "the bytes hold no ONNX graph and IR version; expected a model written by an exporter");
    }
    if (model.getIrVersion() > IrVersions.NEWEST_READ) {
      throw new OnnxException(
          OnnxException.Code.ONNX_IR_TOO_NEW,
          "the model has IR version %d, known are 1 to %d; export it with an older onnx package"
              .formatted(model.getIrVersion(), IrVersions.NEWEST_READ));
    }
    return new OnnxModel(model);
  }

  /** {@return the schema's view} */
  public ModelProto proto() {
    return proto;
  }

  /** {@return the main graph} */
  public GraphProto graph() {
    return proto.getGraph();
  }

  /** {@return the nodes of the main graph in file order} */
  public List<Node> nodes() {
    return graph().getNodeList().stream().map(Node::new).toList();
  }

  /** {@return the version of a domain's operator set, empty if the model does not import it} */
  public Optional<Long> opset(String domain) {
    return proto.getOpsetImportList().stream()
        .filter(o -> Domains.canonical(o.getDomain()).equals(Domains.canonical(domain)))
        .map(OperatorSetIdProto::getVersion)
        .findFirst();
  }

  /** {@return the tensor inputs that a caller must give: graph inputs that are no initializers} */
  public List<ValueType> inputs() {
    Set<String> constants =
        graph().getInitializerList().stream().map(TensorProto::getName).collect(toSet());
    return graph().getInputList().stream()
        .filter(input -> !constants.contains(input.getName()))
        .flatMap(input -> ValueType.ofProto(input).stream())
        .toList();
  }

  /** {@return the tensor outputs} */
  public List<ValueType> outputs() {
    return graph().getOutputList().stream()
        .flatMap(output -> ValueType.ofProto(output).stream())
        .toList();
  }

  /** {@return the model's metadata in file order} */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    proto.getMetadataPropsList().forEach(p -> metadata.put(p.getKey(), p.getValue()));
    return metadata;
  }

  /** {@return this model with one metadata entry set} */
  public OnnxModel withMetadata(String key, String value) {
    Map<String, String> metadata = metadata();
    metadata.put(key, value);
    ModelProto.Builder model = proto.toBuilder().clearMetadataProps();
    metadata.forEach((k, v) ->
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(k).setValue(v).build()));
    return new OnnxModel(model.build());
  }

  /**
   * {@return the model as written to a file: the lowest IR version it needs, fields in the order of
   * the schema. Equal models give equal bytes}
   *
   * @throws OnnxException if it needs an IR newer than {@link IrVersions#NEWEST_WRITTEN}
   */
  public byte[] toBytes() {
    ModelProto model = withLowestIr();
    byte[] bytes = new byte[model.getSerializedSize()];
    try {
      CodedOutputStream output = CodedOutputStream.newInstance(bytes);
      output.useDeterministicSerialization();
      model.writeTo(output);
      output.checkNoSpaceLeft();
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("writing an ONNX model to memory", e);
    }
  }

  /** Writes the file, by way of a temporary file beside it, so that no reader sees a part. */
  public void write(Path file) {
    ModelProto model = withLowestIr();
    AtomicFile.write(file, output -> writeTo(model, output));
  }

  private static void writeTo(ModelProto model, OutputStream output) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(output, 1 << 16);
    coded.useDeterministicSerialization();
    model.writeTo(coded);
    coded.flush();
  }

  private ModelProto withLowestIr() {
    ModelProto.Builder model = proto.toBuilder().setIrVersion(IrVersions.lowestFor(proto));
    if (proto.getIrVersion() < IrVersions.OPEN_INITIALIZERS) {
      withoutInitializers(model.getGraphBuilder());
    }
    return model.build();
  }

  /**
   * Up to IR 3 every initializer is an input too, and constant all the same. In a later IR such an
   * input may be overridden, so that nothing could be folded.
   */
  private static void withoutInitializers(GraphProto.Builder graph) {
    Set<String> constants =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !constants.contains(i.getName())).toList();
    graph.clearInput().addAllInput(inputs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OnnxModel model && proto.equals(model.proto);
  }

  @Override
  public int hashCode() {
    return proto.hashCode();
  }

  @Override
  public String toString() {
    return "OnnxModel[graph=%s, nodes=%d, initializers=%d]"
        .formatted(graph().getName(), graph().getNodeCount(), graph().getInitializerCount());
  }

  /** {@return the size of the payloads of the main graph's initializers in bytes} */
  public long initializerBytes() {
    return graph().getInitializerList().stream()
        .map(TensorProto::getRawData)
        .mapToLong(ByteString::size)
        .sum();
  }
}
