package dev.slipway.onnx.graph.admission;

import static dev.slipway.onnx.graph.admission.Hostile.entry;
import static dev.slipway.onnx.graph.admission.Hostile.function;
import static dev.slipway.onnx.graph.admission.Hostile.graph;
import static dev.slipway.onnx.graph.admission.Hostile.ml;
import static dev.slipway.onnx.graph.admission.Hostile.model;
import static dev.slipway.onnx.graph.admission.Hostile.nested;
import static dev.slipway.onnx.graph.admission.Hostile.node;
import static dev.slipway.onnx.graph.admission.Hostile.raw;
import static dev.slipway.onnx.graph.admission.Hostile.repeated;
import static dev.slipway.onnx.graph.admission.Hostile.sizes;
import static dev.slipway.onnx.graph.admission.Hostile.tensor;
import static dev.slipway.onnx.graph.admission.Hostile.trees;
import static dev.slipway.onnx.graph.admission.Hostile.value;
import static dev.slipway.onnx.graph.admission.Hostile.wire;
import static dev.slipway.onnx.graph.admission.Hostile.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.graph.admission.Refusal.Code;
import dev.slipway.onnx.proto.AttributeProto;
import dev.slipway.onnx.proto.FunctionProto;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.OperatorSetIdProto;
import dev.slipway.onnx.proto.SparseTensorProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.TrainingInfoProto;
import dev.slipway.onnx.proto.TypeProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files that must be refused, each with the code it must be refused with. */
final class HostileCorpus {
  record Case(String name, Code code, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  static List<Case> all() {
    HostileCorpus corpus = new HostileCorpus();
    corpus.files();
    corpus.wireFormat();
    corpus.versions();
    corpus.external();
    corpus.operators();
    corpus.graphs();
    corpus.tensors();
    corpus.attributes();
    corpus.functions();
    corpus.treeEnsembles();
    corpus.bombs();
    corpus.signatures();
    return corpus.cases;
  }

  private void add(String name, Code code, byte[] bytes) {
    cases.add(new Case(name, code, bytes));
  }

  private void files() {
    add("zip", Code.ADMISSION_FILE, "PK\3\4rest of a zip".getBytes(ISO_8859_1));
    add("pickle", Code.ADMISSION_FILE, new byte[] {(byte) 0x80, 4, 'c', 'o', 's'});
    add("hdf5", Code.ADMISSION_FILE, "\u0089HDF\r\n\u001a\n000".getBytes(ISO_8859_1));
    add("ort", Code.ADMISSION_FILE, "\20\0\0\0ORTM000000".getBytes(ISO_8859_1));
    add("tflite", Code.ADMISSION_FILE, "\34\0\0\0TFL3000000".getBytes(ISO_8859_1));
    add("gzip", Code.ADMISSION_FILE, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    add("elf", Code.ADMISSION_FILE, "\u007fELF\2\1\1".getBytes(ISO_8859_1));
    add("lfs", Code.ADMISSION_FILE, "version https://git-lfs.github.com".getBytes(ISO_8859_1));
  }

  private void wireFormat() {
    byte[] sound = model(_ -> {});
    add("truncated", Code.ADMISSION_UNREADABLE, Arrays.copyOf(sound, sound.length - 3));
    add("random", Code.ADMISSION_UNREADABLE, "not a model at all".getBytes(ISO_8859_1));
    add("no graph", Code.ADMISSION_UNREADABLE, wire(output -> output.writeInt64(1, 8)));
    add("html", Code.ADMISSION_UNREADABLE, "<html><body>404</body></html>".getBytes(ISO_8859_1));
    add(
        "two graphs",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          output.writeRawBytes(sound);
          output.writeByteArray(7, new byte[0]);
        }));
    add(
        "length beyond the end",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          output.writeTag(7, 2);
          output.writeUInt32NoTag(Integer.MAX_VALUE);
        }));
    add(
        "negative length",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          output.writeTag(7, 2);
          output.writeInt64NoTag(-1);
        }));
    add(
        "endless varint",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          for (int i = 0; i < 20; i++) {
            output.writeRawByte(0xff);
          }
        }));
    add("group", Code.ADMISSION_UNREADABLE, wire(output -> output.writeTag(99, 3)));
    add("graph as a number", Code.ADMISSION_UNREADABLE, wire(output -> output.writeInt64(7, 1)));
    add(
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
    add(
        "many unknown fields",
        Code.ADMISSION_UNREADABLE,
        wire(output -> {
          for (int i = 0; i < 100_000; i++) {
            output.writeInt32(999, 0);
          }
        }));
    add(
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
    add("a million empty nodes", Code.ADMISSION_TOO_LARGE, repeated(1, new byte[0], 1_000_000));
    add("a million empty tensors", Code.ADMISSION_BOMB, repeated(5, new byte[0], 1_000_000));
    add("a million empty values", Code.ADMISSION_BOMB, repeated(13, new byte[0], 1_000_000));
    add(
        "packed numbers",
        Code.ADMISSION_BOMB,
        repeated(5, wire(output -> output.writeByteArray(7, new byte[20_000_000])), 1));
    add("long name", Code.ADMISSION_TOO_LARGE, graph(graph -> graph.setName("n".repeat(100_000))));
    add(
        "control characters",
        Code.ADMISSION_UNREADABLE,
        graph(graph -> graph.setName("x\nERROR forged log line")));
  }

  private void versions() {
    add("ir 14", Code.ADMISSION_VERSION, model(model -> model.setIrVersion(14)));
    add("ir 99", Code.ADMISSION_UNREADABLE, model(model -> model.setIrVersion(99)));
    add("ir negative", Code.ADMISSION_UNREADABLE, model(model -> model.setIrVersion(-1)));
    add(
        "opset 999",
        Code.ADMISSION_VERSION,
        model(model -> model.getOpsetImportBuilder(0).setVersion(999)));
    add(
        "opset negative",
        Code.ADMISSION_VERSION,
        model(model -> model.getOpsetImportBuilder(0).setVersion(-1)));
    add(
        "opset twice",
        Code.ADMISSION_VERSION,
        model(model ->
            model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(1))));
    add("no opset", Code.ADMISSION_GRAPH, model(model -> model.clearOpsetImport()));
    add(
        "training",
        Code.ADMISSION_OPERATOR,
        model(model -> model.addTrainingInfo(TrainingInfoProto.getDefaultInstance())));
  }

  private void external() {
    TensorProto.Builder outside =
        tensor(1, 2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "../../etc/passwd"));
    add("external", Code.ADMISSION_EXTERNAL_DATA, with(outside));
    add(
        "external without a place",
        Code.ADMISSION_EXTERNAL_DATA,
        with(tensor(1, 2).setDataLocation(TensorProto.DataLocation.EXTERNAL)));
    add(
        "external place without the flag",
        Code.ADMISSION_EXTERNAL_DATA,
        with(tensor(1, 0).addExternalData(entry("location", "/etc/shadow"))));
    add(
        "external attribute",
        Code.ADMISSION_EXTERNAL_DATA,
        with(node("Constant", List.of(), List.of("z"), Attributes.of("value", outside.build()))));
    add(
        "external in a subgraph",
        Code.ADMISSION_EXTERNAL_DATA,
        with(
            node(
                "If",
                List.of("x"),
                List.of("z"),
                Attributes.of(
                    "then_branch", GraphProto.newBuilder().addInitializer(outside).build()))));
    add(
        "external sparse",
        Code.ADMISSION_EXTERNAL_DATA,
        graph(graph ->
            graph.addSparseInitializer(SparseTensorProto.newBuilder().setValues(outside))));
    add(
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

  private void operators() {
    add(
        "unknown operator",
        Code.ADMISSION_OPERATOR,
        with(node("SystemCall", List.of("x"), List.of("z"))));
    add(
        "custom domain",
        Code.ADMISSION_OPERATOR,
        model(model -> {
          model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("evil").setVersion(1));
          model.getGraphBuilder().addNode(function("Run", "evil").toBuilder().setInput(0, "x"));
        }));
    add(
        "EPContext",
        Code.ADMISSION_OPERATOR,
        model(model -> {
          model.addOpsetImport(
              OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1));
          model
              .getGraphBuilder()
              .addNode(function("EPContext", "com.microsoft").toBuilder().setInput(0, "x"));
        }));
    add(
        "ImageDecoder",
        Code.ADMISSION_OPERATOR,
        model(model -> {
          model.getOpsetImportBuilder(0).setVersion(20);
          model.getGraphBuilder().addNode(node("ImageDecoder", List.of("x"), List.of("z")));
        }));
    add(
        "operator newer than the opset",
        Code.ADMISSION_OPERATOR,
        with(node("RMSNormalization", List.of("x"), List.of("z"))));
    add(
        "operator gone",
        Code.ADMISSION_OPERATOR,
        with(node("Upsample", List.of("x"), List.of("z"))));
    add("empty operator", Code.ADMISSION_OPERATOR, with(node("", List.of("x"), List.of("z"))));
  }

  private void graphs() {
    add(
        "cycle",
        Code.ADMISSION_GRAPH,
        graph(graph ->
            graph
                .addNode(node("Add", List.of("x", "b"), List.of("a")))
                .addNode(node("Add", List.of("x", "a"), List.of("b")))));
    add("reads itself", Code.ADMISSION_GRAPH, with(node("Add", List.of("x", "z"), List.of("z"))));
    add("value twice", Code.ADMISSION_GRAPH, with(node("Relu", List.of("x"), List.of("y"))));
    add(
        "output twice in one node",
        Code.ADMISSION_GRAPH,
        with(node("Split", List.of("x"), List.of("z", "z"))));
    add("input twice", Code.ADMISSION_GRAPH, graph(graph -> graph.addInput(value("x", 1, 2))));
    add(
        "initializer twice",
        Code.ADMISSION_GRAPH,
        graph(graph -> graph.addInitializer(raw("w", 1, 4, 1)).addInitializer(raw("w", 1, 4, 1))));
    add(
        "initializer without a name",
        Code.ADMISSION_GRAPH,
        graph(graph -> graph.addInitializer(raw("", 1, 4, 1))));
    add("reads nothing", Code.ADMISSION_GRAPH, with(node("Relu", List.of("q"), List.of("z"))));
    add(
        "output of nobody",
        Code.ADMISSION_GRAPH,
        graph(graph -> graph.addOutput(value("ghost", 1, 2))));
    add(
        "deep subgraphs",
        Code.ADMISSION_TOO_DEEP,
        graph(graph -> graph.addAllNode(nested(20).getNodeList())));
    add(
        "very deep subgraphs",
        Code.ADMISSION_TOO_DEEP,
        graph(graph -> graph.addAllNode(nested(400).getNodeList())));
  }

  private void tensors() {
    add("payload short", Code.ADMISSION_TENSOR, with(raw("t", 1, 7, 2).toBuilder()));
    add("payload long", Code.ADMISSION_TENSOR, with(raw("t", 1, 4096, 2).toBuilder()));
    add("payload none", Code.ADMISSION_TENSOR, with(tensor(1, 1L << 30)));
    add("dims overflow", Code.ADMISSION_TENSOR, with(tensor(1, 1L << 32, 1L << 32)));
    add(
        "dims overflow to a small number",
        Code.ADMISSION_TENSOR,
        with(raw("t", 1, 4, (1L << 62) + 1, 4).toBuilder()));
    add("dims negative", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, -1).toBuilder()));
    add("dims negative twice", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, -1, -1).toBuilder()));
    add("rank 1000", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, ones(1000)).toBuilder()));
    add("type 0", Code.ADMISSION_TENSOR, with(raw("t", 0, 4, 1).toBuilder()));
    add("type 77", Code.ADMISSION_TENSOR, with(raw("t", 77, 4, 1).toBuilder()));
    add("two payloads", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, 1).toBuilder().addFloatData(1)));
    add("payload in another field", Code.ADMISSION_TENSOR, with(tensor(1, 1).addInt64Data(1)));
    add("strings raw", Code.ADMISSION_TENSOR, with(raw("t", 8, 4, 1).toBuilder()));
    add(
        "strings missing",
        Code.ADMISSION_TENSOR,
        with(tensor(8, 3).addStringData(ByteString.copyFromUtf8("a"))));
    add("byte out of range", Code.ADMISSION_TENSOR, with(tensor(3, 1).addInt32Data(70_000)));
    add(
        "segment",
        Code.ADMISSION_TENSOR,
        with(
            raw("t", 1, 4, 1).toBuilder()
                .setSegment(TensorProto.Segment.newBuilder().setBegin(0).setEnd(1))));
    add("sparse index outside", Code.ADMISSION_TENSOR, sparse(9, 5));
    add("sparse index negative", Code.ADMISSION_TENSOR, sparse(-1, 5));
  }

  private static byte[] sparse(long index, long... dims) {
    SparseTensorProto.Builder sparse = SparseTensorProto.newBuilder();
    sparse.setValues(raw("s", 1, 4, 1)).setIndices(Tensors.longs("i", index));
    Arrays.stream(dims).forEach(sparse::addDims);
    return graph(graph -> graph.addSparseInitializer(sparse));
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void attributes() {
    AttributeProto alpha = Attributes.of("alpha", 1f);
    add(
        "attribute twice",
        Code.ADMISSION_ATTRIBUTE,
        with(node("LeakyRelu", List.of("x"), List.of("z"), alpha, alpha)));
    add(
        "attribute of two types",
        Code.ADMISSION_ATTRIBUTE,
        with(node("LeakyRelu", List.of("x"), List.of("z"), alpha.toBuilder().setI(3).build())));
    add(
        "attribute without a type",
        Code.ADMISSION_ATTRIBUTE,
        with(node("LeakyRelu", List.of("x"), List.of("z"), alpha.toBuilder().clearType().build())));
    add(
        "attribute of no value",
        Code.ADMISSION_ATTRIBUTE,
        with(
            node(
                "Constant",
                List.of(),
                List.of("z"),
                alpha.toBuilder()
                    .clearF()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .build())));
    add(
        "attribute by reference",
        Code.ADMISSION_ATTRIBUTE,
        with(
            node(
                "LeakyRelu",
                List.of("x"),
                List.of("z"),
                alpha.toBuilder().setRefAttrName("outer").build())));
  }

  private void functions() {
    add("functions doubling", Code.ADMISSION_BOMB, Hostile.doublingFunctions(40));
    add("function calls itself", Code.ADMISSION_FUNCTION, recursive("f0"));
    add("functions call each other", Code.ADMISSION_FUNCTION, recursive("f1"));
    add(
        "function twice",
        Code.ADMISSION_FUNCTION,
        model(model -> {
          FunctionProto f = FunctionProto.newBuilder().setName("f").setDomain("f").build();
          model.addFunctions(f).addFunctions(f);
        }));
    add(
        "function with a foreign operator",
        Code.ADMISSION_OPERATOR,
        model(model ->
            model.addFunctions(
                FunctionProto.newBuilder()
                    .setName("f")
                    .setDomain("f")
                    .addNode(function("Run", "evil")))));
  }

  private static byte[] recursive(String callee) {
    return model(model -> {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1));
      model.addFunctions(
          FunctionProto.newBuilder().setName("f0").setDomain("f").addNode(function(callee, "f")));
      model.addFunctions(
          FunctionProto.newBuilder().setName("f1").setDomain("f").addNode(function("f0", "f")));
    });
  }

  private void treeEnsembles() {
    List<String> modes = List.of("BRANCH_LT", "LEAF", "LEAF");
    add(
        "tree is its own child",
        Code.ADMISSION_TREE,
        with(trees(List.of(0L, 0L, 0L), List.of(2L, 0L, 0L), modes, 0, 0, 0)));
    add(
        "tree child missing",
        Code.ADMISSION_TREE,
        with(trees(List.of(1L, 0L, 0L), List.of(99L, 0L, 0L), modes, 0, 0, 0)));
    add(
        "tree lists differ",
        Code.ADMISSION_TREE,
        with(trees(List.of(1L, 0L, 0L), List.of(2L, 0L, 0L), modes, 0)));
    add(
        "tree cycle",
        Code.ADMISSION_TREE,
        with(
            trees(
                List.of(1L, 0L, 0L),
                List.of(2L, 0L, 0L),
                List.of("BRANCH_LT", "BRANCH_LT", "LEAF"),
                0,
                0,
                0)));
    add(
        "tree modes missing",
        Code.ADMISSION_TREE,
        with(trees(List.of(1L, 0L, 0L), List.of(2L, 0L, 0L), List.of(), 0, 0, 0)));
  }

  private void bombs() {
    add(
        "ConstantOfShape",
        Code.ADMISSION_BOMB,
        with(node("ConstantOfShape", List.of("s"), List.of("z")), sizes("s", 1 << 20, 1 << 20)));
    add(
        "ConstantOfShape of a Constant",
        Code.ADMISSION_BOMB,
        graph(graph ->
            graph
                .addNode(
                    node(
                        "Constant",
                        List.of(),
                        List.of("s"),
                        Attributes.ofLongs("value_ints", 1L << 40)))
                .addNode(node("ConstantOfShape", List.of("s"), List.of("z")))));
    add(
        "Expand",
        Code.ADMISSION_BOMB,
        with(node("Expand", List.of("x", "s"), List.of("z")), sizes("s", 1L << 40, 2)));
    add(
        "Tile",
        Code.ADMISSION_BOMB,
        with(node("Tile", List.of("x", "s"), List.of("z")), sizes("s", 1L << 40)));
    add(
        "Tile of Tile",
        Code.ADMISSION_BOMB,
        graph(graph ->
            graph
                .addInitializer(sizes("s", 1 << 16))
                .addNode(node("Tile", List.of("x", "s"), List.of("a")))
                .addNode(node("Tile", List.of("a", "s"), List.of("z")))));
    add(
        "Range",
        Code.ADMISSION_BOMB,
        with(
            node("Range", List.of("a", "b", "c"), List.of("z")),
            Tensors.scalar("a", 0),
            Tensors.scalar("b", 1e9f),
            Tensors.scalar("c", 1e-3f)));
    add(
        "Range by zero",
        Code.ADMISSION_BOMB,
        with(
            node("Range", List.of("a", "b", "c"), List.of("z")),
            Tensors.scalar("a", 0),
            Tensors.scalar("b", 1),
            Tensors.scalar("c", 0)));
    add(
        "Pad",
        Code.ADMISSION_BOMB,
        with(node("Pad", List.of("x", "s"), List.of("z")), sizes("s", 1L << 40, 0)));
    add(
        "Resize by sizes",
        Code.ADMISSION_BOMB,
        with(node("Resize", List.of("x", "", "", "s"), List.of("z")), sizes("s", 1L << 40)));
    add(
        "Resize by scales",
        Code.ADMISSION_BOMB,
        with(node("Resize", List.of("x", "", "s"), List.of("z")), Tensors.floats("s", 1e12f)));
    add(
        "OneHot",
        Code.ADMISSION_BOMB,
        with(node("OneHot", List.of("x", "s", "x"), List.of("z")), sizes("s", 1L << 40)));
    add(
        "RandomNormal",
        Code.ADMISSION_BOMB,
        with(node("RandomNormal", List.of(), List.of("z"), Attributes.ofLongs("shape", 1L << 40))));
    add(
        "Conv pads",
        Code.ADMISSION_BOMB,
        with(
            node(
                "Conv",
                List.of("x", "x"),
                List.of("z"),
                Attributes.ofLongs("pads", 1 << 20, 1 << 20, 1 << 20, 1 << 20))));
    add(
        "ConvTranspose output",
        Code.ADMISSION_BOMB,
        with(
            node(
                "ConvTranspose",
                List.of("x", "x"),
                List.of("z"),
                Attributes.ofLongs("output_shape", 1 << 20, 1 << 20))));
    add(
        "window",
        Code.ADMISSION_BOMB,
        with(node("HannWindow", List.of("s"), List.of("z")), sizes("s", 1L << 40)));
    add(
        "outer sum",
        Code.ADMISSION_BOMB,
        with(
            node("Add", List.of("a", "b"), List.of("z")),
            raw("a", 3, 60_000, 60_000, 1),
            raw("b", 3, 60_000, 1, 60_000)));
    add(
        "outer product",
        Code.ADMISSION_BOMB,
        with(
            node("MatMul", List.of("a", "b"), List.of("z")),
            raw("a", 1, 240_000, 60_000, 1),
            raw("b", 1, 240_000, 1, 60_000)));
    add(
        "doubling Concat",
        Code.ADMISSION_BOMB,
        graph(graph -> {
          for (int i = 0; i < 40; i++) {
            String from = i == 0 ? "x" : "d" + (i - 1);
            graph.addNode(
                node("Concat", List.of(from, from), List.of("d" + i), Attributes.of("axis", 0)));
          }
        }));
    add("sparse made dense", Code.ADMISSION_BOMB, sparse(0, 1 << 18, 1 << 18));
    add(
        "tf-idf",
        Code.ADMISSION_BOMB,
        with(
            node(
                "TfIdfVectorizer",
                List.of("x"),
                List.of("z"),
                Attributes.ofLongs("ngram_indexes", 1L << 40))));
    add(
        "feature vectorizer",
        Code.ADMISSION_BOMB,
        with(ml("FeatureVectorizer", Attributes.ofLongs("inputdimensions", 1L << 40))));
    add("loop without end", Code.ADMISSION_BOMB, with(loop("")));
    add("loop of many trips", Code.ADMISSION_BOMB, with(loop("s"), sizes("s", Long.MAX_VALUE)));
    add(
        "huge input",
        Code.ADMISSION_BOMB,
        graph(graph -> graph.setInput(0, value("x", 1, 1L << 40))));
  }

  private static dev.slipway.onnx.proto.NodeProto loop(String trips) {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(value("i", 7))
            .addInput(value("c", 9))
            .addOutput(value("c", 9))
            .build();
    return node("Loop", List.of(trips, ""), List.of(), Attributes.of("body", body));
  }

  private void signatures() {
    add("no outputs", Code.ADMISSION_SIGNATURE, graph(graph -> graph.clearOutput()));
    add("no inputs", Code.ADMISSION_SIGNATURE, graph(graph -> graph.clearInput()));
    add(
        "sequence output",
        Code.ADMISSION_SIGNATURE,
        graph(graph ->
            graph
                .getOutputBuilder(0)
                .setType(
                    TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.getDefaultInstance()))));
    add(
        "output without a type",
        Code.ADMISSION_SIGNATURE,
        graph(graph -> graph.getOutputBuilder(0).clearType()));
    add(
        "input negative",
        Code.ADMISSION_SIGNATURE,
        graph(graph -> graph.setInput(0, value("x", 1, -7))));
    add(
        "input of unknown type",
        Code.ADMISSION_SIGNATURE,
        graph(graph -> graph.setInput(0, value("x", 99, 2))));
  }
}
