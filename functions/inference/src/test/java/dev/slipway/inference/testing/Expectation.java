package dev.slipway.inference.testing;

import dev.slipway.bundle.json.JsonText;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.ArrayValue;
import dev.slipway.bundle.json.JsonValue.BooleanValue;
import dev.slipway.bundle.json.JsonValue.NullValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import dev.slipway.bundle.json.JsonValue.TextValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares a reply with the expectation beside a sample event. What the expectation says must be
 * there; an object may hold more. A text that ends with … stands for any text that begins so.
 */
public final class Expectation {
  private static final String ANY = "…";

  private Expectation() {}

  /** {@return every difference in words, empty when the reply is as expected} */
  public static List<String> differences(JsonValue expected, JsonValue found) {
    List<String> differences = new ArrayList<>();
    compare("reply", expected, found, differences);
    return differences;
  }

  private static void compare(
      String place, JsonValue expected, JsonValue found, List<String> differences) {
    boolean same =
        switch (expected) {
          case ObjectValue(var members) when found instanceof ObjectValue(var others) ->
              object(place, members, others, differences);
          case ArrayValue(var elements)
              when found instanceof ArrayValue(var others) && elements.size() == others.size() ->
              array(place, elements, others, differences);
          case TextValue(String text) when found instanceof TextValue(String other) ->
              text.endsWith(ANY)
                  ? other.startsWith(text.substring(0, text.length() - 1))
                  : text.equals(other);
          case ObjectValue _,
              ArrayValue _,
              TextValue _,
              NumberValue _,
              BooleanValue _,
              NullValue _ ->
              expected.equals(found);
        };
    if (!same) {
      differences.add(place + " is " + shown(found) + ", expected " + shown(expected));
    }
  }

  private static boolean object(
      String place,
      Map<String, JsonValue> members,
      Map<String, JsonValue> others,
      List<String> differences) {
    members.forEach((name, value) -> {
      JsonValue other = others.get(name);
      if (other == null) {
        differences.add(place + "." + name + " is missing, expected " + shown(value));
      } else {
        compare(place + "." + name, value, other, differences);
      }
    });
    return true;
  }

  private static boolean array(
      String place, List<JsonValue> elements, List<JsonValue> others, List<String> differences) {
    for (int i = 0; i < elements.size(); i++) {
      compare(place + "[" + i + "]", elements.get(i), others.get(i), differences);
    }
    return true;
  }

  private static String shown(JsonValue value) {
    return new String(JsonText.write(value), java.nio.charset.StandardCharsets.UTF_8);
  }
}
