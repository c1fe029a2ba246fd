package dev.slipway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One setting of {@code model.yaml}: its place, what it allows, its default and what it means.
 *
 * <p>A {@code *} in the path stands for a name that the user chooses, {@code []} for each item of a
 * list.
 */
public final class Setting<T> {
  private final String path;
  private final ValueType<T> type;
  private final Optional<T> defaultValue;
  private final String description;

  private Setting(String path, ValueType<T> type, Optional<T> defaultValue, String description) {
    this.path = path;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  static <T> Setting<T> of(String path, ValueType<T> type, T defaultValue, String description) {
    return new Setting<>(path, type, Optional.of(defaultValue), description);
  }

  /** A setting without a default: required, or its absence has a meaning of its own. */
  static <T> Setting<T> bare(String path, ValueType<T> type, String description) {
    return new Setting<>(path, type, Optional.empty(), description);
  }

  /** {@return the place, for example {@code data.split.train}} */
  public String path() {
    return path;
  }

  /** {@return the last part of the place: the key as it is written} */
  public String key() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** {@return the allowed values in words, with limits and units} */
  public String expected() {
    return type.expected();
  }

  /** {@return the default as JSON; empty where there is none} */
  public Optional<String> defaultText() {
    return defaultValue.map(value -> type.write().apply(value).toString());
  }

  /** {@return what the setting means, in one sentence} */
  public String description() {
    return description;
  }

  Optional<T> defaultValue() {
    return defaultValue;
  }

  ValueType<T> type() {
    return type;
  }

  JsonNode toJson(T value) {
    return type.write().apply(value);
  }

  @Override
  public String toString() {
    return path;
  }
}
