package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What {@code model.yaml} says about one column; the rest is inferred from the data.
 *
 * @param type empty: inferred
 * @param role empty: a feature, unless the data says that it is an identifier
 * @param pii what happens to personal values
 * @param range empty: any finite number
 */
public record ColumnSpec(
    Optional<ColumnType> type, Optional<ColumnRole> role, Pii pii, Optional<Range> range) {
  static final Setting<ColumnType> TYPE =
      Setting.bare(
          "data.columns.*.type",
          Values.oneOf(ColumnType.class),
          "what the values are; inferred from the data when absent");
  static final Setting<ColumnRole> ROLE =
      Setting.bare(
          "data.columns.*.role",
          Values.oneOf(ColumnRole.class),
          "whether the model sees the column; by default every column but identifiers");
  static final Setting<Pii> PII =
      Setting.of(
          "data.columns.*.pii",
          Values.oneOf(Pii.class),
          Pii.NONE,
          "what happens to personal values before anything is stored");
  static final Setting<List<Double>> RANGE =
      Setting.bare(
          "data.columns.*.range",
          Values.list(
              "[minimum, maximum], two finite numbers in this order",
              Values.anyDecimal(),
              ends -> ends.size() == 2 && ends.getFirst() <= ends.getLast()),
          "the numbers allowed, both ends included; enforced in training and in serving");

  static final List<Setting<?>> SETTINGS = List.of(TYPE, ROLE, PII, RANGE);

  /** A column of which nothing is said. */
  public static final ColumnSpec UNSPECIFIED =
      new ColumnSpec(Optional.empty(), Optional.empty(), Pii.NONE, Optional.empty());

  static ColumnSpec read(Area area) {
    ColumnSpec column =
        new ColumnSpec(
            area.find(TYPE),
            area.find(ROLE),
            area.get(PII),
            area.find(RANGE).map(ends -> new Range(ends.getFirst(), ends.getLast())));
    if (column.range.isPresent() && column.type.filter(type -> !isNumeric(type)).isPresent()) {
      area.conflict("range", "a range is for numbers; remove it or change the column's type");
    }
    area.refuseUnknown();
    return column;
  }

  private static boolean isNumeric(ColumnType type) {
    return type == ColumnType.NUMBER || type == ColumnType.INTEGER;
  }

  void write(ObjectNode json) {
    type.ifPresent(value -> json.set("type", TYPE.toJson(value)));
    role.ifPresent(value -> json.set("role", ROLE.toJson(value)));
    json.set("pii", PII.toJson(pii));
    range.ifPresent(
        value -> json.set("range", RANGE.toJson(List.of(value.minimum(), value.maximum()))));
  }
}
