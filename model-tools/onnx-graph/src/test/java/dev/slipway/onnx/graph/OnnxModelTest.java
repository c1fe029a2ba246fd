package dev.slipway.onnx.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.TensorProto;
import dev.slipway.onnx.proto.ValueInfoProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {

  @Test
  void writeAndRead_sameModel_sameBytes(@TempDir Path folder) throws Exception {
    OnnxModel model = SampleModels.dense();
    Path file = folder.resolve("dense.onnx");

    model.write(file);
    OnnxModel read = OnnxModel.read(file);

    assertEquals(model, read);
    assertArrayEquals(model.toBytes(), Files.readAllBytes(file));
    assertArrayEquals(model.toBytes(), read.toBytes());
    try (var left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void toBytes_opset17_writesIr8() {
    OnnxModel written = OnnxModel.parse(SampleModels.dense().toBytes());

    assertEquals(8, written.proto().getIrVersion());
  }

  @Test
  void toBytes_irNewerThanNeeded_isLowered() {
    OnnxModel newer =
        OnnxModel.of(SampleModels.dense().proto().toBuilder().setIrVersion(14).build());

    assertEquals(8, OnnxModel.parse(newer.toBytes()).proto().getIrVersion());
  }

  @Test
  void toBytes_ir3InitializersThatAreInputs_areNoInputsAnyMore() {
    GraphProto.Builder graph = SampleModels.dense().graph().toBuilder();
    List<ValueInfoProto> given = graph.getInputList();
    graph
        .getInitializerList()
        .forEach(t -> graph.addInput(ValueInfoProto.newBuilder().setName(t.getName())));
    ModelProto old =
        SampleModels.dense().proto().toBuilder().setIrVersion(3).setGraph(graph).build();

    assertEquals(given, OnnxModel.parse(OnnxModel.of(old).toBytes()).graph().getInputList());
  }

  @Test
  void parse_unknownFields_surviveARoundTrip() {
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8("new"))
            .build();
    OnnxModel model =
        OnnxModel.of(
            SampleModels.dense().proto().toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(4242, field).build())
                .build());

    OnnxModel read = OnnxModel.parse(model.toBytes());

    assertTrue(read.proto().getUnknownFields().hasField(4242));
  }

  @Test
  void parse_payload_isTakenWithoutACopy() {
    byte[] bytes = SampleModels.dense().toBytes();
    OnnxModel model = OnnxModel.parse(bytes);
    ByteString payload = model.graph().getInitializer(0).getRawData();
    int before = payload.byteAt(0);

    Arrays.fill(bytes, (byte) (before + 1));

    assertEquals((byte) (before + 1), payload.byteAt(0));
  }

  @Test
  void parse_truncated_saysUnreadable() {
    byte[] bytes = SampleModels.dense().toBytes();
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);

    OnnxException error = assertThrows(OnnxException.class, () -> OnnxModel.parse(half));

    assertEquals(OnnxException.Code.ONNX_UNREADABLE, error.code());
  }

  @Test
  void parse_overTheSizeLimit_isRefusedWithBothSizes() {
    byte[] bytes = SampleModels.dense().toBytes();

    OnnxException error =
        assertThrows(OnnxException.class, () -> OnnxModel.parse(bytes, new ReadLimits(10, 50)));

    assertEquals(OnnxException.Code.ONNX_TOO_LARGE, error.code());
    assertTrue(
        String.valueOf(error.getMessage()).contains("the limit is 10"),
        String.valueOf(error.getMessage()));
  }

  @Test
  void externalData_writtenAndRead_givesTheSameModel(@TempDir Path folder) {
    OnnxModel model = SampleModels.dense();
    Path file = folder.resolve("big.onnx");

    ExternalData.write(model, file, 8);
    OnnxModel read = OnnxModel.read(file);

    assertTrue(Files.exists(folder.resolve("big.onnx.data")));
    assertEquals(model, read);
  }

  @Test
  void read_externalDataOutsideTheFolder_isRefused(@TempDir Path folder) throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path file = inner.resolve("m.onnx");
    ExternalData.write(SampleModels.dense(), file, 8);
    Files.move(inner.resolve("m.onnx.data"), folder.resolve("secret"));
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        text.replace("m.onnx.data", "../../secre")
            .replace("../../secre", "./../secret")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

    OnnxException error = assertThrows(OnnxException.class, () -> OnnxModel.read(file));

    assertEquals(OnnxException.Code.ONNX_EXTERNAL_DATA, error.code());
  }

  @Test
  void build_unknownInputAndMissingOutput_namesBoth() {
    GraphBuilder graph = GraphBuilder.named("broken");
    graph.node("Relu", List.of("nowhere"), List.of("a"));
    graph.output("b", ElementType.FLOAT, Shape.of(1));

    OnnxException error = assertThrows(OnnxException.class, graph::build);

    assertTrue(
        String.valueOf(error.getMessage()).contains("'nowhere'"),
        String.valueOf(error.getMessage()));
    assertTrue(
        String.valueOf(error.getMessage()).contains("'b'"), String.valueOf(error.getMessage()));
  }

  @Test
  void editor_nodesOutOfOrder_areSorted() {
    GraphEditor editor = GraphEditor.of(SampleModels.dense());
    List<Node> nodes = editor.nodes();
    nodes.forEach(editor::remove);
    nodes.reversed().forEach(node -> editor.add(node.proto()));

    assertEquals(nodes, editor.toModel().nodes());
  }

  @Test
  void editor_constantThatIsAnInputAndUnread_leavesNoInput() {
    OnnxModel model = SampleModels.dense();
    TensorProto constant = model.graph().getInitializer(0);
    GraphProto open =
        model.graph().toBuilder()
            .addInput(ValueInfoProto.newBuilder().setName(constant.getName()))
            .build();
    GraphEditor editor =
        GraphEditor.of(OnnxModel.of(model.proto().toBuilder().setGraph(open).build()));
    String other =
        editor.putConstant(constant.toBuilder().setName(editor.freshName("other")).build());

    editor.replaceAll(node -> {
      var changed = node.toBuilder().clearInput();
      node.getInputList()
          .forEach(input -> changed.addInput(input.equals(constant.getName()) ? other : input));
      return changed.build();
    });

    assertEquals(model.inputs(), editor.toModel().inputs());
  }
}
