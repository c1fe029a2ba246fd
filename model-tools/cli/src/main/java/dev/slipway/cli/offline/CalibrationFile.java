package dev.slipway.cli.offline;

import dev.slipway.cli.Refusal;
import dev.slipway.dataset.DatasetException;
import dev.slipway.dataset.ReadLimits;
import dev.slipway.dataset.Table;
import dev.slipway.dataset.TableReader;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of a CSV as calibration samples of a model with one input of numbers, [rows, columns]. */
public final class CalibrationFile {
  private CalibrationFile() {}

  /** {@return one sample per row} */
  public static CalibrationData read(Path file, OnnxModel model) {
    List<ValueType> inputs = model.inputs();
    if (inputs.size() != 1) {
      throw new Refusal(
          "CALIBRATION_MISMATCH",
          "a CSV calibrates models with one input; this one has "
              + inputs.stream().map(ValueType::name).toList());
    }
    Table table = table(file);
    List<Map<String, CalibrationTensor>> samples = new ArrayList<>();
    for (int row = 0; row < table.rows().size(); row++) {
      float[] values = values(table.rows().get(row), row + 1);
      samples.add(
          Map.of(
              inputs.getFirst().name(),
              new CalibrationTensor.Floats(List.of(1L, (long) values.length), values)));
    }
    return samples::iterator;
  }

  private static Table table(Path file) {
    try {
      return TableReader.read(file, ReadLimits.defaults());
    } catch (DatasetException refused) {
      throw new Refusal("CALIBRATION_UNREADABLE", String.valueOf(refused.getMessage()), refused);
    } catch (IOException unreadable) {
      throw new Refusal("FILE_UNREADABLE", file + " can't be read", unreadable);
    }
  }

  private static float[] values(List<String> cells, int row) {
    float[] values = new float[cells.size()];
    for (int column = 0; column < values.length; column++) {
      try {
        values[column] = Float.parseFloat(cells.get(column).strip());
      } catch (NumberFormatException text) {
        throw new Refusal(
            "CALIBRATION_MISMATCH",
            "row %d, cell %d: expected a number, found '%s'; calibration rows hold the input's columns only"
                .formatted(row, column + 1, cells.get(column)),
            text);
      }
    }
    return values;
  }
}
