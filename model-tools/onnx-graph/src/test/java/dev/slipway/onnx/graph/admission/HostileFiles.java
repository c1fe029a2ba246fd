package dev.slipway.onnx.graph.admission;

import static dev.slipway.onnx.graph.admission.Hostile.entry;
import static dev.slipway.onnx.graph.admission.Hostile.graph;
import static dev.slipway.onnx.graph.admission.Hostile.model;
import static dev.slipway.onnx.graph.admission.Hostile.node;
import static dev.slipway.onnx.graph.admission.Hostile.repeated;
import static dev.slipway.onnx.graph.admission.Hostile.tensor;
import static dev.slipway.onnx.graph.admission.Hostile.wire;
import static dev.slipway.onnx.graph.admission.Hostile.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.admission.Refusal.Code;
import dev.slipway.onnx.proto.FunctionProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.SparseTensorProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.TrainingInfoProto;
import dev.slipway.onnx.proto.TypeProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.Arrays;
import java.util.List;

/** Files that are no sound model at all, of another version, or that reach for other files. */
final class HostileFiles {
  private final HostileCorpus cases;

  private HostileFiles(HostileCorpus cases) {
    this.cases = cases;
  }

  static void addTo(HostileCorpus cases) {
    HostileFiles corpus = new HostileFiles(cases);
    corpus.files();
    corpus.wireFormat();
    corpus.versions();
    corpus.external();
  }

  private void files() {
    cases.add("zip", Code.ADMISSION_FILE, "PK\3\4rest of a zip".getBytes(ISO_8859_1));
    cases.add("pickle", Code.ADMISSION_FILE, new byte[] {(byte) 0x80, 4, 'c', 'o', 's'});
    cases.add("hdf5", Code.ADMISSION_FILE, "\u0089HDF\r\n\u001a\n000".getBytes(ISO_8859_1));
    cases.add("ort", Code.ADMISSION_FILE, "\20\0\0\0ORTM000000".getBytes(ISO_8859_1));
    cases.add("tflite", Code.ADMISSION_FILE, "\34\0\0\0TFL3000000".getBytes(ISO_8859_1));
    cases.add("gzip", Code.ADMISSION_FILE, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    cases.add("elf", Code.ADMISSION_FILE, "\u007fELF\2\1\1".getBytes(ISO_8859_1));
    cases.add(
        "lfs", Code.ADMISSION_FILE, "version https://git-lfs.github.com".getBytes(ISO_8859_1));
  }

  private void wireFormat() {
    byte[] sound = model(_ -> {});
    cases.add("truncated", Code.ADMISSION_UNREADABLE, Arrays.copyOf(sound, sound.length - 3));
    cases.add("random", Code.ADMISSION_UNREADABLE, "not a model at all".getBytes(ISO_8859_1));
    cases.add("no graph", Code.ADMISSION_UNREADABLE, wire(output -> output.writeInt64(1, 8)));
    cases.add(
        "html", Code.ADMISSION_UNREADABLE, "<html><body>404</body></html>".getBytes(ISO_8859_1));
    cases.add(
        "two graphs",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          output.writeRawBytes(sound);
          output.writeByteArray(7, new byte[0]);
        }));
    cases.add(
        "length beyond the end",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          output.writeTag(7, 2);
          output.writeUInt32NoTag(Integer.MAX_VALUE);
        }));
    cases.add(
        "negative length",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          output.writeTag(7, 2);
          output.writeInt64NoTag(-1);
        }));
    cases.add(
        "endless varint",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          for (int i = 0; i < 20; i++) {
            output.writeRawByte(0xff);
          }
        }));
    cases.add("group", Code.ADMISSION_UNREADABLE, wire(output -> output.writeTag(99, 3)));
    cases.add(
        "graph as a number", Code.ADMISSION_UNREADABLE, wire(output -> output.writeInt64(7, 1)));
    cases.add(
        "unknown fields",
        Code.ADMISSION_UNREADABLE,
        model(model ->
            model.setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        999,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFrom(new byte[1 << 20]))
                            .build())
                    .build())));
    cases.add(
        "many unknown fields",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          for (int i = 0; i < 100_000; i++) {
            output.writeInt32(999, 0);
          }
        }));
    cases.add(
        "nested types",
        Code.ADMISSION_TOO_DEEP,
        graph(graph -> {
          TypeProto type =
              TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()).build();
          for (int i = 0; i < 200; i++) {
            type =
                TypeProto.newBuilder()
                    .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(type))
                    .build();
          }
          graph.addValueInfo(ValueInfoProto.newBuilder().setName("deep").setType(type));
        }));
    cases.add(
        "a million empty nodes", Code.ADMISSION_TOO_LARGE, repeated(1, new byte[0], 1_000_000));
    cases.add("a million empty tensors", Code.ADMISSION_BOMB, repeated(5, new byte[0], 1_000_000));
    cases.add("a million empty values", Code.ADMISSION_BOMB, repeated(13, new byte[0], 1_000_000));
    cases.add(
        "packed numbers",
        Code.ADMISSION_BOMB,
        repeated(5, wire(output -> output.writeByteArray(7, new byte[20_000_000])), 1));
    cases.add(
        "long name", Code.ADMISSION_TOO_LARGE, graph(graph -> graph.setName("n".repeat(100_000))));
    cases.add(
        "control characters",
        Code.ADMISSION_UNREADABLE,
        graph(graph -> graph.setName("x\nERROR forged log line")));
  }

  private void versions() {
    cases.add("ir 14", Code.ADMISSION_VERSION, model(model -> model.setIrVersion(14)));
    cases.add("ir 99", Code.ADMISSION_UNREADABLE, model(model -> model.setIrVersion(99)));
    cases.add("ir negative", Code.ADMISSION_UNREADABLE, model(model -> model.setIrVersion(-1)));
    cases.add(
        "opset 999",
        Code.ADMISSION_VERSION,
        model(model -> model.getOpsetImportBuilder(0).setVersion(999)));
    cases.add(
        "opset negative",
        Code.ADMISSION_VERSION,
        model(model -> model.getOpsetImportBuilder(0).setVersion(-1)));
    cases.add(
        "opset twice",
        Code.ADMISSION_VERSION,
        model(model ->
            model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(1))));
    cases.add("no opset", Code.ADMISSION_GRAPH, model(model -> model.clearOpsetImport()));
    cases.add(
        "training",
        Code.ADMISSION_OPERATOR,
        model(model -> model.addTrainingInfo(TrainingInfoProto.getDefaultInstance())));
  }

  private void external() {
    TensorProto.Builder outside =
        tensor(1, 2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "../../etc/passwd"));
    cases.add("external", Code.ADMISSION_EXTERNAL_DATA, with(outside));
    cases.add(
        "external without a place",
        Code.ADMISSION_EXTERNAL_DATA,
        with(tensor(1, 2).setDataLocation(TensorProto.DataLocation.EXTERNAL)));
    cases.add(
        "external place without the flag",
        Code.ADMISSION_EXTERNAL_DATA,
        with(tensor(1, 0).addExternalData(entry("location", "/etc/shadow"))));
    cases.add(
        "external attribute",
        Code.ADMISSION_EXTERNAL_DATA,
        with(node("Constant", List.of(), List.of("z"), Attributes.of("value", outside.build()))));
    cases.add(
        "external in a subgraph",
        Code.ADMISSION_EXTERNAL_DATA,
        with(
            node(
                "If",
                List.of("x"),
                List.of("z"),
                Attributes.of(
                    "then_branch", GraphProto.newBuilder().addInitializer(outside).build()))));
    cases.add(
        "external sparse",
        Code.ADMISSION_EXTERNAL_DATA,
        graph(graph ->
            graph.addSparseInitializer(SparseTensorProto.newBuilder().setValues(outside))));
    cases.add(
        "external in a function",
        Code.ADMISSION_EXTERNAL_DATA,
        model(model ->
            model.addFunctions(
                FunctionProto.newBuilder()
                    .setName("f")
                    .setDomain("f")
                    .addNode(
                        node(
                            "Constant",
                            List.of(),
                            List.of("z"),
                            Attributes.of("value", outside.build()))))));
  }
}
