package dev.slipway.inference.testing;

import dev.slipway.bundle.json.JsonText;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import dev.slipway.bundle.json.JsonValue.TextValue;

/** Looks into JSON, failing with what was found instead. */
public final class Json {
  private Json() {}

  /** {@return the tree of a text} */
  public static JsonValue parse(String text) {
    return JsonText.parse(text);
  }

  /** {@return a member of an object} */
  public static JsonValue member(JsonValue value, String name) {
    if (value instanceof ObjectValue object) {
      JsonValue found = object.members().get(name);
      if (found != null) {
        return found;
      }
      throw new AssertionError("no member " + name + " in " + object.members().keySet());
    }
    throw new AssertionError("expected an object with " + name + ", found " + value);
  }

  /** {@return the characters of a string} */
  public static String text(JsonValue value) {
    if (value instanceof TextValue(String text)) {
      return text;
    }
    throw new AssertionError("expected a string, found " + value);
  }
}
