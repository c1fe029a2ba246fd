package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.quantize.Labels;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens labels: a {@code .npy} of one dimension, the array {@code labels} of a {@code .npz}, or the
 * column {@code label} (or the only one) of a CSV. Stateless and thread-safe.
 */
public final class LabelFiles {
  private static final String ARRAY = "labels";
  private static final long MOST = 50_000_000;

  private LabelFiles() {}

  /**
   * {@return the labels in the order of the samples}
   *
   * @throws QuantizeException if they cannot be read or are no list of numbers or words
   */
  public static Labels open(Path file) {
    String name = file.toString();
    if (!Files.isRegularFile(file)) {
      throw refused(file, "there is no such file");
    }
    if (name.endsWith(".npy")) {
      return numbers(CalibrationFiles.array(file));
    }
    if (name.endsWith(".npz")) {
      Map<String, StackedArray> arrays = ZippedArrays.of(file);
      StackedArray labels = arrays.get(ARRAY);
      if (labels == null) {
        throw refused(file, "expected an array 'labels', found " + arrays.keySet());
      }
      return numbers(labels);
    }
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return column(file);
    }
    throw refused(file, "expected .npy, .npz with an array 'labels', or .csv");
  }

  private static Labels numbers(StackedArray array) {
    List<Long> shape = array.header().shape();
    long count = shape.stream().reduce(1L, (a, b) -> a * b);
    if (shape.isEmpty() || count != shape.getFirst() || count > MOST) {
      throw refused(array.where(), "expected one label per sample, found the shape " + shape);
    }
    NpyType type = array.header().type();
    List<String> values = new ArrayList<>();
    try (StackedArray.Reader reader = array.reader()) {
      ByteBuffer elements = reader.next((int) count);
      for (int place = 0; place < count; place++) {
        if (type.kind() == NpyType.Kind.FLOAT) {
          double value = type.decimal(elements);
          if (!Double.isFinite(value)) {
            throw refused(array.where(), "label %d is %s".formatted(place, value));
          }
          values.add(Double.toString(value));
        } else {
          values.add(Long.toString(type.whole(elements)));
        }
      }
    } catch (IOException gone) {
      throw Unreadable.file(array.where(), "cannot be read", gone);
    }
    return new Labels(values);
  }

  private static Labels column(Path file) {
    try (CsvRows rows = CsvRows.open(file)) {
      List<String> first = rows.next().orElseThrow(() -> refused(file, "it is empty"));
      List<String> names = first.stream().map(String::strip).toList();
      int column = names.indexOf("label");
      boolean header = column >= 0 || (names.size() == 1 && names.getFirst().equals(ARRAY));
      if (column < 0 && names.size() > 1) {
        throw refused(file, "expected one column, or one named 'label'; found " + names);
      }
      int chosen = Math.max(0, column);
      List<String> values = new ArrayList<>();
      if (!header) {
        values.add(names.getFirst());
      }
      for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (chosen >= row.get().size()) {
          throw refused(file, "line %d has no label".formatted(rows.line()));
        }
        values.add(row.get().get(chosen).strip());
      }
      return new Labels(values);
    }
  }

  private static QuantizeException refused(Object where, String why) {
    return new QuantizeException(Code.LABELS_MISMATCH, where + ": " + why);
  }
}
