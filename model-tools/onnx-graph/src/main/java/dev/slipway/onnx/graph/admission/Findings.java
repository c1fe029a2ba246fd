package dev.slipway.onnx.graph.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects refusals; keeps the first few, since a hostile file can break a rule a million times.
 */
final class Findings {
  static final int MOST = 20;

  /** Names in messages are cut here, so that a file cannot fill a log. */
  private static final int LONGEST_QUOTE = 80;

  private final List<Refusal> refusals = new ArrayList<>();

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
  void add(Refusal.Code code, String message, Object... arguments) {
    if (refusals.size() < MOST) {
      refusals.add(new Refusal(code, message.formatted(arguments)));
    }
  }

  boolean isEmpty() {
    return refusals.isEmpty();
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** {@return the name as it may stand in a message: short and without control characters} */
  static String quote(String name) {
    String shown = name.length() > LONGEST_QUOTE ? name.substring(0, LONGEST_QUOTE) + "…" : name;
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
