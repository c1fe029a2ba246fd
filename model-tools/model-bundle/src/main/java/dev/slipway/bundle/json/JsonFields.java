package dev.slipway.bundle.json;

import dev.slipway.bundle.json.JsonValue.ArrayValue;
import dev.slipway.bundle.json.JsonValue.BooleanValue;
import dev.slipway.bundle.json.JsonValue.NullValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import dev.slipway.bundle.json.JsonValue.TextValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the members of one object, notes every problem in a list that all objects of a document
 * share, and goes on with a harmless value, so that one reading reports everything.
 *
 * <p>A harmless value (empty text, zero, empty list) is only returned together with a noted
 * problem; callers build their record only when {@link #clean()}. Confined to one thread.
 */
public final class JsonFields {
  private final SequencedMap<String, JsonValue> members;
  private final String path;
  private final List<String> problems;
  private final Set<String> asked = new HashSet<>();
  private final int problemsBefore;

  /**
   * Reads the members of {@code value}, which must be an object.
   *
   * @param value the value at {@code path}
   * @param path how messages name the object, for example {@code inputs[0]}
   * @param problems where problems are added
   */
  public JsonFields(JsonValue value, String path, List<String> problems) {
    this.path = path;
    this.problems = problems;
    this.problemsBefore = problems.size();
    if (value instanceof ObjectValue object) {
      this.members = object.members();
    } else {
      this.members = new java.util.LinkedHashMap<>();
      problems.add(path + ": expected an object, found " + value.kind());
    }
  }

  /** {@return whether this object and everything read from it since has given no problem} */
  public boolean clean() {
    return problems.size() == problemsBefore;
  }

  /**
   * {@return the text of a member that must be a string}
   *
   * @param name the member
   */
  public String text(String name) {
    JsonValue value = required(name, "a string");
    if (value instanceof TextValue text) {
      return text.text();
    }
    mismatch(name, "a string", value);
    return "";
  }

  /**
   * {@return the number of a member that must be a whole number}
   *
   * @param name the member
   */
  public long integer(String name) {
    JsonValue value = required(name, "a whole number");
    if (value instanceof NumberValue number) {
      return whole(path + "." + name, number);
    }
    mismatch(name, "a whole number", value);
    return 0;
  }

  /**
   * {@return the number of a member that must be a finite number}
   *
   * @param name the member
   */
  public double decimal(String name) {
    OptionalDouble value = optionalDecimal(name);
    if (value.isEmpty() && members.get(name) instanceof NullValue) {
      note(name, "expected a number, found null");
    }
    return value.orElse(0);
  }

  /**
   * {@return the number of a member that must be there and is a finite number or null}
   *
   * @param name the member
   */
  public OptionalDouble optionalDecimal(String name) {
    JsonValue value = required(name, "a number or null");
    if (value instanceof NumberValue number && Double.isFinite(number.toDouble())) {
      return OptionalDouble.of(number.toDouble());
    }
    if (value != NullValue.NULL) {
      mismatch(name, "a finite number or null", value);
    }
    return OptionalDouble.empty();
  }

  /**
   * {@return the value of a member that must be true or false}
   *
   * @param name the member
   */
  public boolean bool(String name) {
    JsonValue value = required(name, "a boolean");
    if (value instanceof BooleanValue bool) {
      return bool.value();
    }
    mismatch(name, "a boolean", value);
    return false;
  }

  /**
   * {@return the elements of a member that must be an array}
   *
   * @param name the member
   */
  public List<JsonValue> elements(String name) {
    JsonValue value = required(name, "an array");
    if (value instanceof ArrayValue array) {
      return array.elements();
    }
    mismatch(name, "an array", value);
    return List.of();
  }

  /**
   * {@return the elements of a member that is an array of strings}
   *
   * @param name the member
   */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue element : elements(name)) {
      if (element instanceof TextValue text) {
        texts.add(text.text());
      } else {
        note(name, "expected only strings, found " + element.kind());
      }
    }
    return texts;
  }

  /**
   * {@return the elements of a member that is an array of whole numbers}
   *
   * @param name the member
   */
  public long[] integers(String name) {
    List<JsonValue> elements = elements(name);
    long[] numbers = new long[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (elements.get(i) instanceof NumberValue number) {
        numbers[i] = whole(path + "." + name + "[" + i + "]", number);
      } else {
        note(name, "expected only whole numbers, found " + elements.get(i).kind());
      }
    }
    return numbers;
  }

  /**
   * {@return any value of a member that must be there}
   *
   * @param name the member
   */
  public JsonValue value(String name) {
    JsonValue value = required(name, "a value");
    return value == null ? NullValue.NULL : value;
  }

  /**
   * {@return the value of a member that may be left out}
   *
   * @param name the member
   */
  public Optional<JsonValue> optional(String name) {
    asked.add(name);
    return Optional.ofNullable(members.get(name));
  }

  /** Notes every member that nobody asked for. Call it last. */
  public void refuseOthers() {
    for (String name : members.keySet()) {
      if (!asked.contains(name)) {
        problems.add(
            at("")
                + "unknown member \""
                + name
                + "\"; expected one of "
                + new TreeMap<>(known()).keySet());
      }
    }
  }

  /**
   * Adds a problem at a member.
   *
   * @param name the member
   * @param problem what was expected and found
   */
  public void note(String name, String problem) {
    problems.add(at(name) + problem);
  }

  private java.util.Map<String, Boolean> known() {
    TreeMap<String, Boolean> known = new TreeMap<>();
    for (String name : asked) {
      known.put(name, true);
    }
    return known;
  }

  private @Nullable JsonValue required(String name, String expected) {
    asked.add(name);
    JsonValue value = members.get(name);
    if (value == null) {
      note(name, "expected " + expected + ", found nothing");
    }
    return value;
  }

  private void mismatch(String name, String expected, @Nullable JsonValue found) {
    // A missing member has been noted by required().
    if (found != null) {
      note(name, "expected " + expected + ", found " + found.kind());
    }
  }

  private long whole(String where, NumberValue number) {
    try {
      return Long.parseLong(number.literal());
    } catch (NumberFormatException _) {
      // Reported like every other problem of the document.
      problems.add(where + ": expected a whole number, found " + number.literal());
      return 0;
    }
  }

  private String at(String name) {
    if (path.isEmpty()) {
      return name.isEmpty() ? "" : name + ": ";
    }
    return name.isEmpty() ? path + ": " : path + "." + name + ": ";
  }
}
