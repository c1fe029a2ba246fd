package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Which columns feed which input. Columns named as an input, or {@code name[0]}, {@code name[1]} …,
 * feed that one; if none is, all columns in order feed a model's only input.
 */
record CsvColumns(List<Lane> lanes) {
  CsvColumns {
    lanes = List.copyOf(lanes);
  }

  /** One input with its columns and the shape of a row's value. */
  record Lane(ValueType input, List<Integer> columns, List<Long> shape) {
    CalibrationTensor tensor(List<String> cells, Elements elements, String where) {
      if (input.elementType() == ElementType.STRING) {
        return new CalibrationTensor.Texts(shape, columns.stream().map(cells::get).toList());
      }
      boolean decimal =
          switch (input.elementType()) {
            case FLOAT, DOUBLE, FLOAT16 -> true;
            default -> false;
          };
      ByteBuffer values = ByteBuffer.allocate(8 * columns.size()).order(ByteOrder.LITTLE_ENDIAN);
      for (int column : columns) {
        String cell = cells.get(column).strip();
        try {
          if (decimal) {
            values.putDouble(cell.isEmpty() ? Double.NaN : Double.parseDouble(cell));
          } else {
            values.putLong(Long.parseLong(cell));
          }
        } catch (NumberFormatException text) {
          throw new dev.slipway.onnx.quantize.QuantizeException(
              dev.slipway.onnx.quantize.QuantizeException.Code.CALIBRATION_MISMATCH,
              "%s, cell %d: expected a %s for input '%s', found '%s'"
                  .formatted(
                      where, column + 1, decimal ? "number" : "whole number", input.name(), cell),
              text);
        }
      }
      NpyType.Kind kind =
          switch (input.elementType()) {
            case FLOAT, DOUBLE, FLOAT16 -> NpyType.Kind.FLOAT;
            case BOOL -> NpyType.Kind.BOOLEAN;
            default -> NpyType.Kind.SIGNED;
          };
      return elements.tensor(
          values.flip(),
          new NpyType(kind, 8, ByteOrder.LITTLE_ENDIAN),
          input.elementType(),
          shape,
          "%s, input '%s'".formatted(where, input.name()));
    }
  }

  static CsvColumns of(String where, List<ValueType> inputs, List<String> first, boolean header) {
    List<String> names = header ? first.stream().map(String::strip).toList() : List.of();
    List<List<Integer>> columns = new ArrayList<>();
    for (ValueType input : inputs) {
      columns.add(
          IntStream.range(0, names.size())
              .filter(column -> feeds(names.get(column), input.name()))
              .boxed()
              .toList());
    }
    if (inputs.size() == 1 && columns.getFirst().isEmpty()) {
      columns.set(0, IntStream.range(0, first.size()).boxed().toList());
    }
    List<String> problems = new ArrayList<>();
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ValueType input = inputs.get(i);
      if (columns.get(i).isEmpty()) {
        problems.add(
            "no column for the model's input '%s': expected '%s' or '%s[0]', found %s"
                .formatted(input.name(), input.name(), input.name(), shortened(first)));
      } else {
        lane(input, columns.get(i), lanes, problems);
      }
    }
    int used = columns.stream().mapToInt(List::size).sum();
    if (problems.isEmpty() && used < first.size()) {
      problems.add(
          "%d of %d columns belong to no input of the model; leave them out"
              .formatted(first.size() - used, first.size()));
    }
    if (!problems.isEmpty()) {
      throw Unreadable.mismatch(where + ": " + String.join("; ", problems));
    }
    return new CsvColumns(lanes);
  }

  private static List<String> shortened(List<String> cells) {
    return cells.subList(0, Math.min(cells.size(), 8));
  }

  private static boolean feeds(String column, String input) {
    return column.equals(input) || (column.startsWith(input + "[") && column.endsWith("]"));
  }

  private static void lane(
      ValueType input, List<Integer> columns, List<Lane> lanes, List<String> problems) {
    List<Long> shape = new ArrayList<>();
    long known = 1;
    int open = -1;
    Shape declared = input.shape().orElseGet(() -> Shape.batchOf(columns.size()));
    for (int axis = 0; axis < declared.rank(); axis++) {
      OptionalLong size = declared.size(axis);
      shape.add(size.orElse(1));
      known *= size.orElse(1);
      if (axis > 0 && size.isEmpty()) {
        open = axis;
      }
    }
    if (open > 0 && known > 0 && columns.size() % known == 0) {
      shape.set(open, columns.size() / known);
      known = columns.size();
    }
    if (known != columns.size()) {
      problems.add(
          "input '%s' has shape %s, so a row has %d columns; found %d"
              .formatted(input.name(), declared, known, columns.size()));
    } else {
      lanes.add(new Lane(input, columns, shape));
    }
  }
}
