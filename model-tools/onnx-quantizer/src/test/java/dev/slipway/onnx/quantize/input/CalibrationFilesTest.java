package dev.slipway.onnx.quantize.input;

import static dev.slipway.onnx.quantize.input.ArrayFiles.floats;
import static dev.slipway.onnx.quantize.input.ArrayFiles.npy;
import static dev.slipway.onnx.quantize.input.ArrayFiles.write;
import static dev.slipway.onnx.quantize.input.ArrayFiles.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.quantize.CalibrationSet;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.onnx.quantize.Fidelity;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationFilesTest {
  private static final byte[] SIX = floats(1, 2, 3, 4, 5, 6);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void open_npz_givesASamplePerRow(boolean deflated) {
    CalibrationSet set = open(npz(deflated, Map.of("x", npy("<f4", "(3, 2)", SIX))));

    assertEquals(3, set.samples());
    assertEquals(List.of("[1.0, 2.0]", "[3.0, 4.0]", "[5.0, 6.0]"), texts(set));
    assertEquals(texts(set), texts(set), "a second pass starts again");
    assertEquals(List.of("[3.0, 4.0]"), texts(set.part(place -> place == 1)));
  }

  @ParameterizedTest
  @CsvSource({"<f4", ">f4", "<f2", ">f2", "<f8", ">f8"})
  void open_everyFloat_becomesTheModelsFloat(String descr) {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    bytes.order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (float value : new float[] {1, 2, 3, 4}) {
      switch (descr.charAt(2)) {
        case '2' -> bytes.putShort(Float.floatToFloat16(value));
        case '4' -> bytes.putFloat(value);
        default -> bytes.putDouble(value);
      }
    }
    byte[] elements = Arrays.copyOf(bytes.array(), bytes.position());

    CalibrationSet set = open(npz(true, Map.of("x", npy(descr, "(2, 2)", elements))));

    assertEquals(List.of("[1.0, 2.0]", "[3.0, 4.0]"), texts(set));
  }

  @Test
  void open_fortranOrder_isTransposed() {
    byte[] columns = npy("<f4", true, "(3, 2)", floats(1, 3, 5, 2, 4, 6));

    assertEquals(
        List.of("[1.0, 2.0]", "[3.0, 4.0]", "[5.0, 6.0]"),
        texts(open(npz(true, Map.of("x", columns)))));
  }

  @Test
  void open_fixedBatch_takesThatManyRows() {
    OnnxModel two = model(ElementType.FLOAT, Shape.of(2, 2));
    Path file = npz(true, Map.of("x", npy("<f4", "(4, 2)", floats(1, 2, 3, 4, 5, 6, 7, 8))));

    assertEquals(
        List.of("[1.0, 2.0, 3.0, 4.0]", "[5.0, 6.0, 7.0, 8.0]"),
        texts(CalibrationFiles.open(file, two)));
    Path three = npz(true, Map.of("x", npy("<f4", "(3, 2)", SIX)));
    assertRefused(Code.CALIBRATION_MISMATCH, "2 rows at a time, found 3", three, two);
  }

  @Test
  void open_rankOneMore_holdsWholeValues() {
    OnnxModel scalarRows = model(ElementType.FLOAT, Shape.of(1, 2));
    Path file = npz(true, Map.of("x", npy("<f4", "(3, 1, 2)", SIX)));

    assertEquals(3, CalibrationFiles.open(file, scalarRows).samples());
  }

  @Test
  void open_otherTypes_runOnOnnxRuntime() {
    OnnxModel bytes = model(ElementType.UINT8, Shape.batchOf(2));
    OnnxModel ints = model(ElementType.INT32, Shape.batchOf(2));
    OnnxModel flags = model(ElementType.BOOL, Shape.batchOf(2));
    Path shorts = npz(true, Map.of("x", npy("<i2", "(2, 2)", new byte[] {1, 0, 2, 0, 3, 0, 4, 0})));
    Path truths = write(folder, "b.npy", npy("|b1", "(2, 2)", new byte[] {1, 0, 0, 1}));

    for (OnnxModel model : List.of(bytes, ints)) {
      assertEquals(
          Double.POSITIVE_INFINITY,
          Fidelity.decibel(model, model, CalibrationFiles.open(shorts, model)));
    }
    assertEquals(
        Double.POSITIVE_INFINITY,
        Fidelity.decibel(flags, flags, CalibrationFiles.open(truths, flags)));
  }

  @Test
  void open_wrongNames_areAllNamed() {
    Path file = npz(true, Map.of("a", npy("<f4", "(3, 2)", SIX), "b", npy("<f4", "(3, 2)", SIX)));

    String message = assertRefused(Code.CALIBRATION_MISMATCH, "no array for", file, model());
    assertTrue(message.contains("input 'x'"), message);
    assertTrue(message.contains("[a, b] are no inputs"), message);
  }

  @Test
  void open_differentCounts_areRefused() {
    GraphBuilder graph = GraphBuilder.named("two");
    graph.input("a", ElementType.FLOAT, Shape.batchOf(2));
    graph.input("b", ElementType.FLOAT, Shape.batchOf(2));
    graph.node("Add", List.of("a", "b"), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(2));
    Path file =
        npz(
            true,
            Map.of("a", npy("<f4", "(3, 2)", SIX), "b", npy("<f4", "(2, 2)", floats(1, 2, 3, 4))));

    assertRefused(Code.CALIBRATION_MISMATCH, "{a=3, b=2}", file, graph.build());
  }

  @Test
  void open_wrongShape_saysExpectedAndFound() {
    Path file = npz(true, Map.of("x", npy("<f4", "(2, 3)", SIX)));

    assertRefused(Code.CALIBRATION_MISMATCH, "expected [N,2] with samples stacked", file, model());
  }

  @ParameterizedTest
  @CsvSource({
    "<i4, CALIBRATION_MISMATCH, found int32",
    "|b1, CALIBRATION_MISMATCH, found bool",
    "<U4, CALIBRATION_UNREADABLE, holds strings",
    "|S4, CALIBRATION_UNREADABLE, holds strings",
    "|O, CALIBRATION_UNREADABLE, Python objects",
    "<c8, CALIBRATION_UNREADABLE, elements are",
    "<M8[s], CALIBRATION_UNREADABLE, elements are"
  })
  void open_wrongType_isRefused(String descr, Code code, String part) {
    Path file = npz(true, Map.of("x", npy(descr, "(3, 2)", new byte[48])));

    assertRefused(code, part, file, model());
  }

  @Test
  void iterate_notANumber_namesInputSampleAndElement() {
    Path file = npz(true, Map.of("x", npy("<f4", "(3, 2)", floats(1, 2, 3, Float.NaN, 5, 6))));

    assertRefused(
        Code.CALIBRATION_NOT_FINITE, "input 'x', sample 1, element 1 is NaN", file, model());
  }

  @Test
  void iterate_notANumberForAModelThatImputes_isPassedOn() {
    GraphBuilder graph = GraphBuilder.named("imputes");
    graph.input("x", ElementType.FLOAT, Shape.batchOf(2));
    String missing = graph.node("IsNaN", List.of("x"));
    String zero = graph.constant(Tensors.scalar("zero", 0));
    graph.node("Where", List.of(missing, zero, "x"), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(2));
    Path file = npz(true, Map.of("x", npy("<f4", "(1, 2)", floats(1, Float.NaN))));

    assertEquals(List.of("[1.0, NaN]"), texts(CalibrationFiles.open(file, graph.build())));
  }

  @Test
  void iterate_wholeNumberOutOfRange_isRefused() {
    OnnxModel bytes = model(ElementType.UINT8, Shape.batchOf(2));
    Path file = npz(true, Map.of("x", npy("<i2", "(1, 2)", new byte[] {0, 1, 1, 0})));

    assertRefused(Code.CALIBRATION_MISMATCH, "is 256; expected 0 to 255", file, bytes);
  }

  @Test
  void open_noSamples_isRefused() {
    Path file = npz(true, Map.of("x", npy("<f4", "(0, 2)", new byte[0])));

    assertRefused(Code.CALIBRATION_MISSING, "holds no sample", file, model());
  }

  @Test
  void open_brokenZip_isRefused() {
    byte[] whole = zip(true, Map.of("x", npy("<f4", "(3, 2)", SIX)));

    Path half = write(folder, "half.npz", Arrays.copyOf(whole, whole.length / 2));
    assertRefused(Code.CALIBRATION_UNREADABLE, "no complete zip", half, model());
    Path text = write(folder, "text.npz", "this is no zip");
    assertRefused(Code.CALIBRATION_UNREADABLE, "no complete zip", text, model());
    Path empty = write(folder, "none.npz", zip(true, Map.of()));
    assertRefused(Code.CALIBRATION_UNREADABLE, "holds no array", empty, model());
  }

  @Test
  void iterate_flippedBit_isRefused() {
    byte[] whole = zip(false, Map.of("x", npy("<f4", "(3, 2)", SIX)));
    int data = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("}") + 100;
    whole[data] ^= 1;

    assertRefused(
        Code.CALIBRATION_UNREADABLE, "checksum", write(folder, "flip.npz", whole), model());
  }

  @Test
  void iterate_cutArray_isRefused() {
    byte[] whole = npy("<f4", "(3, 2)", SIX);

    assertRefused(
        Code.CALIBRATION_UNREADABLE,
        "cut short",
        write(folder, "cut.npy", Arrays.copyOf(whole, whole.length - 5)),
        model());
    assertRefused(
        Code.CALIBRATION_UNREADABLE,
        "ends within its head",
        write(folder, "head.npy", Arrays.copyOf(whole, 30)),
        model());
    assertRefused(
        Code.CALIBRATION_UNREADABLE,
        "bytes follow",
        write(folder, "long.npy", Arrays.copyOf(whole, whole.length + 3)),
        model());
  }

  @Test
  void open_unknownFileOrKind_isRefused() {
    assertRefused(
        Code.CALIBRATION_UNREADABLE, "no such file", folder.resolve("absent.npz"), model());
    assertRefused(
        Code.CALIBRATION_UNREADABLE,
        "expected .npz",
        write(folder, "data.parquet", "PAR1"),
        model());
  }

  private CalibrationSet open(Path file) {
    return CalibrationFiles.open(file, model());
  }

  private Path npz(boolean deflated, Map<String, byte[]> arrays) {
    return write(folder, "samples-%s.npz".formatted(arrays.hashCode()), zip(deflated, arrays));
  }

  static OnnxModel model() {
    return model(ElementType.FLOAT, Shape.batchOf(2));
  }

  static OnnxModel model(ElementType type, Shape shape) {
    GraphBuilder graph = GraphBuilder.named("copy");
    String x = graph.input("x", type, shape);
    String floats = graph.node("Cast", List.of(x), dev.slipway.onnx.graph.Attributes.of("to", 1L));
    graph.node("Identity", List.of(floats), List.of("y"));
    graph.output("y", ElementType.FLOAT, shape);
    return graph.build();
  }

  static List<String> texts(CalibrationSet set) {
    return java.util.stream.StreamSupport.stream(set.spliterator(), false)
        .map(sample ->
            sample.values().stream()
                .map(CalibrationFilesTest::text)
                .collect(java.util.stream.Collectors.joining(" ")))
        .toList();
  }

  private static String text(CalibrationTensor tensor) {
    return tensor.toString();
  }

  static String assertRefused(Code code, String part, Path file, OnnxModel model) {
    QuantizeException refused =
        assertThrows(
            QuantizeException.class,
            () -> CalibrationFiles.open(file, model).forEach(sample -> assertTrue(true)));
    String message = String.valueOf(refused.getMessage());
    assertEquals(code, refused.code(), message);
    assertTrue(message.contains(part), message);
    return message;
  }
}
