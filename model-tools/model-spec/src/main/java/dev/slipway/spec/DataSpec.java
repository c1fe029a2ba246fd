package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the table holds.
 *
 * @param target the column to predict; empty only when a finished model is uploaded
 * @param columns what is said about single columns, in the order of the file; no nulls
 * @param split how rows are shared out
 */
public record DataSpec(Optional<String> target, Map<String, ColumnSpec> columns, SplitSpec split) {
  static final Setting<String> TARGET =
      Setting.bare(
          "data.target",
          Names.COLUMN,
          "the column to predict; required unless training.trainer is onnx");

  static final List<Setting<?>> SETTINGS = List.of(TARGET);

  /** Keeps a copy of the columns in their order. */
  public DataSpec {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** {@return what is said about a column; everything open where nothing is} */
  public ColumnSpec column(String name) {
    return columns.getOrDefault(name, ColumnSpec.UNSPECIFIED);
  }

  static DataSpec read(Area area, boolean targetRequired) {
    Optional<String> target =
        targetRequired ? Optional.of(area.require(TARGET, "target")) : area.find(TARGET);
    Map<String, ColumnSpec> columns = readColumns(area.area("columns"));
    SplitSpec split = SplitSpec.read(area.area("split"));
    area.refuseUnknown();
    DataSpec data = new DataSpec(target, columns, split);
    data.checkTarget(area);
    return data;
  }

  private static Map<String, ColumnSpec> readColumns(Area area) {
    Map<String, ColumnSpec> columns = new LinkedHashMap<>();
    for (SpecNode.Entry entry : area.entries()) {
      Area column = Area.of(area.place(entry.key()), entry.value(), area.problems());
      columns.put(entry.key(), ColumnSpec.read(column));
    }
    return columns;
  }

  private void checkTarget(Area area) {
    ColumnSpec column = target.map(this::column).orElse(ColumnSpec.UNSPECIFIED);
    if (column.pii() == Pii.DROP || column.role().filter(r -> r == ColumnRole.IGNORE).isPresent()) {
      area.conflict("target", "the target is also said to be removed; a model needs its target");
    }
    if (column.pii() == Pii.HASH || column.pii() == Pii.MASK) {
      area.conflict("target", "the target cannot be hashed or masked; the model answers with it");
    }
  }

  void write(ObjectNode json) {
    target.ifPresent(value -> json.set("target", TARGET.toJson(value)));
    ObjectNode columnsJson = json.putObject("columns");
    columns.forEach((name, column) -> column.write(columnsJson.putObject(name)));
    split.write(json.putObject("split"));
  }
}
