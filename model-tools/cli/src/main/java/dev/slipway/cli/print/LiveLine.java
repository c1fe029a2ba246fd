package dev.slipway.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/** What the controller says of a release in flight, as one line. */
public final class LiveLine {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private LiveLine() {}

  /**
   * {@return time, state, weights, the judge's verdict with why, and its numbers}
   *
   * @param status the controller's answer to {@code status}
   */
  public static String of(JsonNode status) {
    StringBuilder line = new StringBuilder("      ");
    Instant at = Instant.parse(status.path("at").asText(Instant.EPOCH.toString()));
    line.append(TIME.format(at.atZone(ZoneId.systemDefault())));
    line.append("  %-12s".formatted(status.path("active").path("state").asText("-")));
    line.append("  alias ").append(status.path("serving").asText("-"));
    if (!status.path("inAlarm").isEmpty()) {
      line.append("  IN ALARM ").append(status.path("inAlarm"));
    }
    if (status.has("unreadable")) {
      line.append("  cannot read ").append(status.path("unreadable").asText());
    }
    JsonNode verdict = status.path("verdict");
    if (verdict.isObject()) {
      line.append("  ").append(verdict.path("answer").asText());
      line.append(": ").append(verdict.path("why").asText());
      Map<String, String> numbers = new TreeMap<>();
      verdict
          .path("numbers")
          .properties()
          .forEach(number -> numbers.put(number.getKey(), number.getValue().asText()));
      line.append(numbers.isEmpty() ? "" : "  [" + Numbers.text(numbers) + "]");
    }
    return line.toString();
  }

  /** {@return what must have changed for a log to get another line} */
  public static String gist(JsonNode status) {
    return status.path("active").path("state").asText()
        + status.path("serving").asText()
        + status.path("inAlarm")
        + status.path("verdict").path("answer").asText();
  }
}
