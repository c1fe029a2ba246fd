package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.quantize.CalibrationSet;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeException.Code;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a CSV, each a sample; {@link CsvColumns} says which column feeds which input. */
final class CsvSamples implements CalibrationSet {
  private final Path file;
  private final CsvColumns columns;
  private final boolean header;
  private final int samples;
  private final Elements elements;

  private CsvSamples(
      Path file, CsvColumns columns, boolean header, int samples, Elements elements) {
    this.file = file;
    this.columns = columns;
    this.header = header;
    this.samples = samples;
    this.elements = elements;
  }

  static CsvSamples of(Path file, List<ValueType> inputs, Elements elements) {
    try (CsvRows rows = CsvRows.open(file)) {
      List<String> first = rows.next().orElseThrow(() -> empty(file));
      boolean header = !first.stream().allMatch(CsvSamples::isNumber);
      CsvColumns columns = CsvColumns.of(file.toString(), inputs, first, header);
      int count = header ? 0 : 1;
      for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (row.get().size() != first.size()) {
          throw Unreadable.file(
              file,
              "line %d has %d cells, the first line has %d"
                  .formatted(rows.line(), row.get().size(), first.size()));
        }
        count++;
      }
      if (count == 0) {
        throw empty(file);
      }
      return new CsvSamples(file, columns, header, count, elements);
    }
  }

  private static QuantizeException empty(Path file) {
    return new QuantizeException(
        Code.CALIBRATION_MISSING, file + " holds no sample; give some tens of real inputs");
  }

  static boolean isNumber(String cell) {
    try {
      Double.parseDouble(cell.strip());
      return true;
    } catch (NumberFormatException _) {
      return cell.isBlank();
    }
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public Iterator<Map<String, CalibrationTensor>> iterator() {
    CsvRows rows = CsvRows.open(file);
    if (header) {
      rows.next();
    }
    return new SampleIterator(samples) {
      @Override
      Map<String, CalibrationTensor> read(int place) {
        List<String> cells =
            rows.next().orElseThrow(() -> Unreadable.file(file, "it was cut while it was read"));
        Map<String, CalibrationTensor> sample = new LinkedHashMap<>();
        columns
            .lanes()
            .forEach(lane ->
                sample.put(
                    lane.input().name(),
                    lane.tensor(cells, elements, "%s, line %d".formatted(file, rows.line()))));
        return sample;
      }

      @Override
      void close() {
        rows.close();
      }
    };
  }
}
