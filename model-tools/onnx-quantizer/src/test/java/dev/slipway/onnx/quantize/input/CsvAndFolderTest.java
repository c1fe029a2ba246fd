package dev.slipway.onnx.quantize.input;

import static dev.slipway.onnx.quantize.input.ArrayFiles.floats;
import static dev.slipway.onnx.quantize.input.ArrayFiles.npy;
import static dev.slipway.onnx.quantize.input.ArrayFiles.write;
import static dev.slipway.onnx.quantize.input.CalibrationFilesTest.assertRefused;
import static dev.slipway.onnx.quantize.input.CalibrationFilesTest.model;
import static dev.slipway.onnx.quantize.input.CalibrationFilesTest.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import dev.slipway.onnx.quantize.QuantizeException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvAndFolderTest {
  private static final List<String> ROWS = List.of("[1.0, 2.0]", "[3.0, 4.0]");

  @TempDir Path folder;

  @Test
  void csv_withAndWithoutHeader_givesRows() {
    Path with = write(folder, "a.csv", "\ufeffwidth,height\r\n1,2\r\n3,4\r\n");
    Path without = write(folder, "b.csv", "1,2\n3,\"4\"\n\n");

    assertEquals(ROWS, texts(CalibrationFiles.open(with, model())));
    assertEquals(ROWS, texts(CalibrationFiles.open(without, model())));
  }

  @Test
  void csv_gzip_givesRows() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    }

    Path file = write(folder, "a.csv.gz", bytes.toByteArray());

    assertEquals(ROWS, texts(CalibrationFiles.open(file, model())));
  }

  @Test
  void csv_columnsNamedAsInputs_feedSeveral() {
    GraphBuilder graph = GraphBuilder.named("two");
    graph.input("a", ElementType.FLOAT, Shape.batchOf(2));
    graph.input("word", ElementType.STRING, Shape.batchOf());
    graph.node("Identity", List.of("a"), List.of("y"));
    graph.output("y", ElementType.FLOAT, Shape.batchOf(2));
    OnnxModel two = graph.build();
    Path file = write(folder, "a.csv", "a[0],word,a[1]\n1,\"red, \"\"dark\"\"\",2\n");

    assertEquals(List.of("[1.0, 2.0] [red, \"dark\"]"), texts(CalibrationFiles.open(file, two)));
    Path lacking = write(folder, "b.csv", "a[0],a[1]\n1,2\n");
    assertRefused(
        Code.CALIBRATION_MISMATCH, "no column for the model's input 'word'", lacking, two);
  }

  @Test
  void csv_wrongCellsOrCounts_nameTheLine() {
    Path word = write(folder, "a.csv", "a,b\n1,2\n3,four\n");
    assertRefused(Code.CALIBRATION_MISMATCH, "line 3, cell 2: expected a number", word, model());
    Path narrow = write(folder, "b.csv", "a,b\n1,2\n3\n");
    assertRefused(Code.CALIBRATION_UNREADABLE, "line 3 has 1 cells", narrow, model());
    Path wide = write(folder, "c.csv", "a,b,c\n1,2,3\n");
    assertRefused(Code.CALIBRATION_MISMATCH, "a row has 2 columns; found 3", wide, model());
    Path empty = write(folder, "d.csv", "a,b\n");
    assertRefused(Code.CALIBRATION_MISSING, "no sample", empty, model());
    Path missing = write(folder, "e.csv", "a,b\n1,\n");
    assertRefused(Code.CALIBRATION_NOT_FINITE, "line 2, input 'x', element 1", missing, model());
    Path open = write(folder, "f.csv", "a,b\n1,\"2\n");
    assertRefused(Code.CALIBRATION_UNREADABLE, "a quote is not closed", open, model());
  }

  @Test
  void folder_arrayPerInput_isStacked() {
    write(folder, "x.npy", npy("<f4", "(2, 2)", floats(1, 2, 3, 4)));

    assertEquals(ROWS, texts(CalibrationFiles.open(folder, model())));
  }

  @Test
  void folder_filePerSample_isReadInNaturalOrder() throws IOException {
    Files.write(
        folder.resolve("s10.pb"), Tensors.floats("x", new long[] {1, 2}, 3, 4).toByteArray());
    write(folder, "s9.npy", npy("<f4", "(1, 2)", floats(1, 2)));

    assertEquals(ROWS, texts(CalibrationFiles.open(folder, model())));
  }

  @Test
  void folder_ofOnnxTestData_isRead() throws IOException {
    for (int i = 0; i < 2; i++) {
      Path set = Files.createDirectories(folder.resolve("test_data_set_" + i));
      Files.write(
          set.resolve("input_0.pb"),
          Tensors.floats("anything", new long[] {1, 2}, 2 * i + 1, 2 * i + 2).toByteArray());
    }

    assertEquals(ROWS, texts(CalibrationFiles.open(folder, model())));
  }

  @Test
  void folder_misfits_areRefused() throws IOException {
    assertRefused(Code.CALIBRATION_MISSING, "holds no .npy or .pb", folder, model());
    Path wrong = Files.createDirectories(folder.resolve("wrong"));
    write(wrong, "a.pb", Tensors.floats("x", new long[] {1, 3}, 1, 2, 3).toByteArray());
    assertRefused(
        Code.CALIBRATION_MISMATCH, "expected FLOAT [N,2], found FLOAT [1, 3]", wrong, model());
    Path broken = Files.createDirectories(folder.resolve("broken"));
    write(broken, "a.pb", "\u0007\u0007\u0007 no tensor");
    assertRefused(Code.CALIBRATION_UNREADABLE, "is no ONNX tensor", broken, model());
    Path nameless = Files.createDirectories(folder.resolve("other/set"));
    write(nameless, "z.pb", new byte[0]);
    assertRefused(Code.CALIBRATION_MISMATCH, "expected x.npy", folder.resolve("other"), model());
  }
}
