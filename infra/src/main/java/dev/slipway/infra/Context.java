package dev.slipway.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of the CDK context, where {@code -c key=value} gives text and {@code cdk.json} gives
 * JSON, notes every problem, and reports them together.
 */
final class Context {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<String, @Nullable Object> values;
  private final List<String> problems = new ArrayList<>();

  Context(Function<String, @Nullable Object> values) {
    this.values = values;
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.apply(key)).map(Object::toString).filter(v -> !v.isBlank());
  }

  String text(String key, String otherwise, String pattern, String expected) {
    String value = text(key).orElse(otherwise);
    if (!value.matches(pattern)) {
      note(key, expected, value);
      return otherwise;
    }
    return value;
  }

  int number(String key, int otherwise, int least, int most) {
    String value = text(key).orElse(Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Noted below together with numbers out of range.
    }
    note(key, "a whole number from " + least + " to " + most, value);
    return otherwise;
  }

  /** A list: JSON, or words separated by commas; the default when absent. */
  List<String> list(String key, List<String> otherwise) {
    Object value = values.apply(key);
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).toList();
    }
    if (value == null || value.toString().isBlank()) {
      return otherwise;
    }
    String text = value.toString().strip();
    if (text.startsWith("[")) {
      return parse(key, text, List.class, "a JSON list of texts").stream()
          .flatMap(List<?>::stream)
          .map(Object::toString)
          .toList();
    }
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** An object: JSON; empty when absent. */
  Map<String, Object> object(String key) {
    Object value = values.apply(key);
    Map<String, Object> result = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, item) -> result.put(name.toString(), item));
    } else if (value != null && !value.toString().isBlank()) {
      for (Map<?, ?> map : parse(key, value.toString(), Map.class, "a JSON object")) {
        map.forEach((name, item) -> result.put(name.toString(), item));
      }
    }
    return result;
  }

  void note(String key, String expected, String found) {
    problems.add(
        "INFRA_CONTEXT_INVALID: context \"%s\": expected %s, found \"%s\". See infra/README.md, Settings."
            .formatted(key, expected, found));
  }

  void check() {
    if (!problems.isEmpty()) {
      throw InfraException.of(problems);
    }
  }

  private <T> List<T> parse(String key, String text, Class<T> type, String expected) {
    try {
      return List.of(JSON.readValue(text, type));
    } catch (JsonProcessingException _) {
      // The parser's own message speaks of columns and tokens; the one below says what to write.
      note(key, expected, text);
      return List.of();
    }
  }
}
