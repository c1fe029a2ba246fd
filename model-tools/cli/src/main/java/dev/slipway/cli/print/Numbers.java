package dev.slipway.cli.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The judge's numbers, and other evidence of ledger entries, in words. */
final class Numbers {
  private static final String REQUESTS = "Requests";
  private static final List<String> FAULTS = List.of("Failed", "Invalid", "Slow");

  private Numbers() {}

  /** {@return the numbers as a phrase; names that are not the judge's stay as they are} */
  static String text(Map<String, String> evidence) {
    Map<String, String> rest = new TreeMap<>(evidence);
    List<String> parts = new ArrayList<>();
    Optional.ofNullable(rest.remove("weightPercent"))
        .ifPresent(weight -> parts.add("at " + weight + " %"));
    Optional.ofNullable(rest.remove("seconds"))
        .ifPresent(seconds -> parts.add("for " + seconds + " s"));
    String when = String.join(" ", parts);
    parts.clear();
    counts(rest, "candidate", "new").ifPresent(parts::add);
    counts(rest, "baseline", "old").ifPresent(parts::add);
    Optional.ofNullable(rest.remove("sprtLogRatio"))
        .ifPresent(ratio -> parts.add("log ratio " + ratio));
    rest.forEach((name, value) -> parts.add(name.equals("preFlight") ? value : name + "=" + value));
    String what = String.join("; ", parts);
    return when.isEmpty() || what.isEmpty() ? when + what : when + ": " + what;
  }

  /** Faults that did not happen are not worth a word, but that none did is. */
  private static Optional<String> counts(Map<String, String> numbers, String who, String shown) {
    Optional<String> requests = Optional.ofNullable(numbers.remove(who + REQUESTS));
    List<String> faults = new ArrayList<>();
    for (String fault : FAULTS) {
      Optional.ofNullable(numbers.remove(who + fault))
          .filter(count -> !count.equals("0"))
          .ifPresent(count -> faults.add(count + " " + fault.toLowerCase(java.util.Locale.ROOT)));
    }
    return requests.map(count ->
        "%s %s requests, %s"
            .formatted(shown, count, faults.isEmpty() ? "all well" : String.join(", ", faults)));
  }
}
