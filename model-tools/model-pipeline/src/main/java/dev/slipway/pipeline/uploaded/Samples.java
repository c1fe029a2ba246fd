package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.GoldenCase;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.ArrayValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import dev.slipway.bundle.json.JsonValue.TextValue;
import dev.slipway.dataset.DatasetException;
import dev.slipway.dataset.ReadLimits;
import dev.slipway.dataset.Table;
import dev.slipway.dataset.TableReader;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.spec.ColumnRole;
import dev.slipway.spec.DataSpec;
import dev.slipway.spec.Pii;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests to try an uploaded model with. */
final class Samples {
  private static final int MOST_ROWS = 256;

  /** More rows make a metric finer, not a request safer. */
  private static final int MOST_LABELLED_ROWS = 1024;

  /**
   * The rows of a calibration file.
   *
   * @param requests one per row
   * @param targets the right answers, one per row; empty when the file has no such column
   */
  record Calibration(List<JsonValue> requests, List<String> targets) {
    /** Keeps copies. */
    Calibration {
      requests = List.copyOf(requests);
      targets = List.copyOf(targets);
    }
  }

  private Samples() {}

  /**
   * {@return the rows of a calibration file, at most {@value #MOST_ROWS}, or {@value
   * #MOST_LABELLED_ROWS} with right answers}
   */
  static Calibration calibration(Path file, List<InputTensor> inputs, DataSpec data) {
    Table table = read(file);
    int target = data.target().map(table::indexOf).orElse(-1);
    Set<String> unasked = new HashSet<>();
    data.target().ifPresent(unasked::add);
    data.columns()
        .forEach((name, column) -> {
          if (column.pii() == Pii.DROP || column.role().equals(Optional.of(ColumnRole.IGNORE))) {
            unasked.add(name);
          }
        });
    int most = Math.min(target < 0 ? MOST_ROWS : MOST_LABELLED_ROWS, table.rows().size());
    List<JsonValue> requests = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (List<String> row : table.rows().subList(0, most)) {
      requests.add(request(table, row, inputs, unasked, requests.size() + 1));
      if (target >= 0) {
        targets.add(row.get(target));
      }
    }
    return new Calibration(requests, targets);
  }

  private static Table read(Path file) {
    try {
      return TableReader.read(file, ReadLimits.defaults());
    } catch (DatasetException wrong) {
      throw new PipelineRefusal("UPLOAD_CALIBRATION_INVALID", wrong.getMessage() + "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file + " failed", unreadable);
    }
  }

  /** A text input takes the column of its name; numeric inputs take the other columns in order. */
  private static JsonValue request(
      Table table, List<String> row, List<InputTensor> inputs, Set<String> unasked, int number) {
    Set<String> taken = new HashSet<>(unasked);
    inputs.forEach(input -> taken.add(input.name()));
    List<String> rest = new ArrayList<>();
    for (int column = 0; column < row.size(); column++) {
      if (!taken.contains(table.header().get(column))) {
        rest.add(row.get(column));
      }
    }
    List<JsonValue> tensors = new ArrayList<>();
    int next = 0;
    for (InputTensor input : inputs) {
      int own = table.indexOf(input.name());
      int width = width(input);
      if (own < 0 && next + width > rest.size()) {
        throw new PipelineRefusal(
            "UPLOAD_CALIBRATION_INVALID",
            "row %d: input %s takes %d values, found %d columns left; expected one column per value, in the order of the inputs"
                .formatted(number, input.name(), width, rest.size() - next));
      }
      List<String> cells = own < 0 ? rest.subList(next, next + width) : List.of(row.get(own));
      next += own < 0 ? width : 0;
      tensors.add(tensor(input, cells, number));
    }
    return ObjectValue.of(List.of(Map.entry("inputs", new ArrayValue(tensors))));
  }

  private static JsonValue tensor(InputTensor input, List<String> cells, int number) {
    List<JsonValue> data = new ArrayList<>();
    for (String cell : cells) {
      data.add(input.datatype().isText() ? new TextValue(cell) : number(cell, input, number));
    }
    return tensor(input, data);
  }

  private static JsonValue number(String cell, InputTensor input, int number) {
    if (cell.isEmpty()) {
      return JsonValue.NullValue.NULL;
    }
    try {
      Double.parseDouble(cell);
      return new NumberValue(new java.math.BigDecimal(cell).toString());
    } catch (NumberFormatException notNumber) {
      throw new PipelineRefusal(
          "UPLOAD_CALIBRATION_INVALID",
          "row %d: input %s takes numbers, found \"%s\" (%s)"
              .formatted(number, input.name(), cell, notNumber.getClass().getSimpleName()));
    }
  }

  /**
   * {@return requests of one row with zeros and with ones, for a model of which no row is known}
   */
  static List<JsonValue> plain(List<InputTensor> inputs) {
    List<JsonValue> requests = new ArrayList<>();
    for (int value = 0; value <= 1; value++) {
      List<JsonValue> tensors = new ArrayList<>();
      for (InputTensor input : inputs) {
        JsonValue element =
            input.datatype().isText()
                ? new TextValue(value == 0 ? "" : "a")
                : input.datatype() == Datatype.BOOL
                    ? new JsonValue.BooleanValue(value == 1)
                    : new NumberValue(Integer.toString(value));
        List<JsonValue> data = new ArrayList<>();
        for (int index = 0; index < width(input); index++) {
          data.add(element);
        }
        tensors.add(tensor(input, data));
      }
      requests.add(ObjectValue.of(List.of(Map.entry("inputs", new ArrayValue(tensors)))));
    }
    return requests;
  }

  /** {@return the requests of golden cases} */
  static List<JsonValue> of(List<GoldenCase> cases) {
    return cases.stream().map(GoldenCase::request).toList();
  }

  private static JsonValue tensor(InputTensor input, List<JsonValue> data) {
    List<JsonValue> sizes = new ArrayList<>();
    for (long size : oneRow(input).toArray()) {
      sizes.add(new NumberValue(Long.toString(size)));
    }
    return ObjectValue.of(
        List.of(
            Map.entry("name", new TextValue(input.name())),
            Map.entry("shape", new ArrayValue(sizes)),
            Map.entry("datatype", new TextValue(input.datatype().name())),
            Map.entry("data", new ArrayValue(data))));
  }

  private static Shape oneRow(InputTensor input) {
    long[] sizes = input.shape().toArray();
    for (int index = 0; index < sizes.length; index++) {
      sizes[index] = sizes[index] == Shape.ANY ? 1 : sizes[index];
    }
    return Shape.of(sizes);
  }

  private static int width(InputTensor input) {
    return Math.toIntExact(oneRow(input).elementCount().orElse(1));
  }
}
