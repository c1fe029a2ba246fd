package dev.slipway.tasks.intake;

import dev.slipway.dataset.DataSettings;
import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.Declared;
import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.spec.ColumnRole;
import dev.slipway.spec.ColumnSpec;
import dev.slipway.spec.ColumnType;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.Pii;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says in the words of the dataset module what a specification says about the table. */
final class SpecSettings {
  private SpecSettings() {}

  /**
   * {@return the settings of the model's table}
   *
   * @param hashKey nothing that intake reads is stored, so any key will do
   */
  static DataSettings of(ModelSpec spec, String hashKey) {
    Map<String, ColumnSetting> columns = new LinkedHashMap<>();
    spec.data().columns().forEach((name, column) -> columns.put(name, column(column)));
    return new DataSettings(
        spec.task().isClassification(), spec.data().target().orElse(""), columns, hashKey);
  }

  private static ColumnSetting column(ColumnSpec column) {
    return new ColumnSetting(
        column.type().map(SpecSettings::declared),
        column.role().map(role -> role == ColumnRole.IGNORE),
        privacy(column.pii()),
        column.range().map(range -> new NumberRange(range.minimum(), range.maximum())));
  }

  private static Declared declared(ColumnType type) {
    return switch (type) {
      case NUMBER -> Declared.NUMBER;
      case INTEGER -> Declared.INTEGER;
      case BOOLEAN, CATEGORY -> Declared.CATEGORY;
      case TEXT, DATE -> Declared.OTHER;
    };
  }

  private static Privacy privacy(Pii pii) {
    return switch (pii) {
      case NONE -> Privacy.NONE;
      case DROP -> Privacy.DROP;
      case HASH -> Privacy.HASH;
      case MASK -> Privacy.MASK;
    };
  }
}
