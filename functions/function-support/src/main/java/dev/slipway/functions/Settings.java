package dev.slipway.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a function's environment once at start, notes every problem, and reports them together.
 *
 * <p>Confined to one thread. Read all settings, then call {@link #check()}, then use the values.
 */
public final class Settings {
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  /**
   * Creates a reader.
   *
   * @param environment names and values; usually {@code System.getenv()}, given by the start-up
   *     class
   */
  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * {@return a setting that must be there; empty, with a noted problem, when it is not}
   *
   * @param name one of {@link SettingNames}
   * @param meaning what it is and who sets it, for the message
   */
  public String required(String name, String meaning) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      problems.add(name + " is not set; expected " + meaning);
    }
    return value;
  }

  /**
   * {@return a setting, or its default when it is not set or blank}
   *
   * @param name one of {@link SettingNames}
   * @param otherwise the default
   */
  public String optional(String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }

  /**
   * {@return a whole number, or its default when it is not set}
   *
   * @param name one of {@link SettingNames}
   * @param otherwise the default
   * @param minimum the smallest value allowed
   * @param maximum the largest value allowed
   */
  public long number(String name, long otherwise, long minimum, long maximum) {
    String text = optional(name, Long.toString(otherwise));
    try {
      long value = Long.parseLong(text);
      if (value >= minimum && value <= maximum) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Noted below together with numbers out of range.
    }
    problems.add(
        name + " is \"" + text + "\"; expected a whole number from " + minimum + " to " + maximum);
    return otherwise;
  }

  /**
   * Notes a problem that the caller found in a value.
   *
   * @param name one of {@link SettingNames}
   * @param problem what was expected and found
   */
  public void note(String name, String problem) {
    problems.add(name + " " + problem);
  }

  /**
   * Reports the problems.
   *
   * @throws SettingsException when there are any, with all of them
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }
}
