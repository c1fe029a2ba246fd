package dev.slipway.spec;

import dev.slipway.dataset.DataSettings;
import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.Declared;
import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.Split;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says in the words of the dataset module what a {@code model.yaml} says about the table. The one
 * place that does: intake and the training job must understand a file alike.
 */
public final class DatasetSettings {
  private DatasetSettings() {}

  /**
   * {@return the settings of a model's table; a target that is not named is the empty name, which
   * no table has}
   *
   * @param hashKey key of the hashes that replace personal values
   */
  public static DataSettings of(ModelSpec spec, String hashKey) {
    Map<String, ColumnSetting> columns = new LinkedHashMap<>();
    spec.data().columns().forEach((name, column) -> columns.put(name, column(column)));
    return new DataSettings(
        spec.task().isClassification(), spec.data().target().orElse(""), columns, hashKey);
  }

  /** {@return how the rows of a model's table are shared out} */
  public static Split.Shares shares(ModelSpec spec) {
    SplitSpec split = spec.data().split();
    return new Split.Shares(split.train(), split.validation(), split.test(), split.stratify());
  }

  private static ColumnSetting column(ColumnSpec column) {
    return new ColumnSetting(
        column.type().map(DatasetSettings::declared),
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
