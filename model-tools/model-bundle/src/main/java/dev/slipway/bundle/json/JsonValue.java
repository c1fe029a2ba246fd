package dev.slipway.bundle.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A JSON value as it stands in the text: member order and number literals are kept.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface JsonValue {
  /** {@return the word a message uses for this kind of value} */
  String kind();

  /**
   * An object; member names are unique.
   *
   * @param members the members in the order of the text
   */
  record ObjectValue(SequencedMap<String, JsonValue> members) implements JsonValue {
    public ObjectValue {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /**
     * {@return an object with the given members}
     *
     * @param members names and values, in order
     */
    public static ObjectValue of(List<Map.Entry<String, JsonValue>> members) {
      LinkedHashMap<String, JsonValue> map = new LinkedHashMap<>();
      for (Map.Entry<String, JsonValue> member : members) {
        map.put(member.getKey(), member.getValue());
      }
      return new ObjectValue(map);
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /**
   * An array.
   *
   * @param elements the elements in order
   */
  record ArrayValue(List<JsonValue> elements) implements JsonValue {
    public ArrayValue {
      elements = Collections.unmodifiableList(new ArrayList<>(elements));
    }

    @Override
    public String kind() {
      return "an array";
    }
  }

  /**
   * A string.
   *
   * @param text the unescaped characters
   */
  record TextValue(String text) implements JsonValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /**
   * A number, kept as its literal so that nothing is lost or reformatted.
   *
   * @param literal a number in JSON's grammar
   */
  record NumberValue(String literal) implements JsonValue {
    /** {@return the nearest double; infinite when the literal overflows} */
    public double toDouble() {
      return Double.parseDouble(literal);
    }

    @Override
    public String kind() {
      return "a number";
    }
  }

  /**
   * True or false.
   *
   * @param value the value
   */
  record BooleanValue(boolean value) implements JsonValue {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** The literal {@code null}. */
  enum NullValue implements JsonValue {
    /** The only instance. */
    NULL;

    @Override
    public String kind() {
      return "null";
    }
  }
}
