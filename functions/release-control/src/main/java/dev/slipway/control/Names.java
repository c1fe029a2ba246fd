package dev.slipway.control;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that the controller gives, and finds again. */
public final class Names {
  private static final Pattern SEQUENCE = Pattern.compile("seq=(\\d{1,15})\\b.*");

  private Names() {}

  /** {@return the beginning of the names of all alarms on versions of a model} */
  public static String alarmPrefix(String prefix, String model) {
    return prefix + "-" + model + ".v";
  }

  /** {@return the name of one alarm of a version} */
  public static String alarm(String prefix, String model, int version, String what) {
    return alarmPrefix(prefix, model) + version + "." + what;
  }

  /** {@return the version that an alarm watches; empty when it is no alarm on a version} */
  public static OptionalInt alarmVersion(String prefix, String model, String alarm) {
    String start = alarmPrefix(prefix, model);
    if (!alarm.startsWith(start)) {
      return OptionalInt.empty();
    }
    Matcher rest = Pattern.compile("(\\d{1,9})\\.[a-z]+").matcher(alarm.substring(start.length()));
    return rest.matches() ? OptionalInt.of(Integer.parseInt(rest.group(1))) : OptionalInt.empty();
  }

  /** {@return the model that an alarm is about; empty when it is no alarm on a version} */
  public static String alarmModel(String prefix, String alarm) {
    Matcher match =
        Pattern.compile(Pattern.quote(prefix) + "-(.+)\\.v\\d{1,9}\\.[a-z]+").matcher(alarm);
    return match.matches() ? match.group(1) : "";
  }

  /** {@return the alias's description that names the entry behind a write} */
  static String description(long seq) {
    return "seq=" + seq;
  }

  /** {@return the entry that a description names} */
  static java.util.OptionalLong sequence(String description) {
    Matcher match = SEQUENCE.matcher(description);
    return match.matches()
        ? java.util.OptionalLong.of(Long.parseLong(match.group(1)))
        : java.util.OptionalLong.empty();
  }
}
