package dev.slipway.spec;

/**
 * One thing wrong with a specification.
 *
 * @param path where in the specification, for example {@code training.search.trials}; empty for the
 *     document itself
 * @param line line of the file, counted from 1; 0 where no line can be named
 * @param code countable name of the rule, for example {@code MODEL_YAML_UNKNOWN_KEY}
 * @param message what was expected, what was found and what to do
 */
public record Problem(String path, int line, String code, String message) {
  /** {@return the problem as one line: {@code line 4, training.seed: CODE: message}} */
  public String describe() {
    String place = path.isEmpty() ? "" : path;
    String where = line > 0 ? "line " + line + (place.isEmpty() ? "" : ", " + place) : place;
    return where.isEmpty() ? code + ": " + message : where + ": " + code + ": " + message;
  }
}
