package dev.slipway.fallback;

/**
 * Finds the {@code path} of a gateway event without a JSON library: the value of the member of that
 * name in the outermost object. Walks any text to its end without failing; finds nothing in one
 * that is no event.
 */
final class EventPath {
  private static final String NAME = "path";

  private final String event;
  private int at;
  private int depth;

  private EventPath(String event) {
    this.event = event;
  }

  /**
   * {@return the path, escapes left as they are; empty when there is none}
   *
   * @param event the event's JSON
   */
  static String of(String event) {
    return new EventPath(event).find();
  }

  private String find() {
    while (at < event.length()) {
      char character = event.charAt(at++);
      switch (character) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> {
          String name = string();
          if (depth == 1 && name.equals(NAME) && colonThenQuote()) {
            return string();
          }
        }
        default -> {
          // White space, commas, numbers and words say nothing about names.
        }
      }
    }
    return "";
  }

  /** {@return the text up to the closing quote, and moves past it} */
  private String string() {
    int start = at;
    while (at < event.length() && event.charAt(at) != '"') {
      at += event.charAt(at) == '\\' ? 2 : 1;
    }
    int end = Math.min(at, event.length());
    at = end + 1;
    return event.substring(start, end);
  }

  /** Moves past a colon and an opening quote, if these come next. */
  private boolean colonThenQuote() {
    skipSpace();
    if (at >= event.length() || event.charAt(at) != ':') {
      return false;
    }
    at++;
    skipSpace();
    if (at >= event.length() || event.charAt(at) != '"') {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpace() {
    while (at < event.length() && Character.isWhitespace(event.charAt(at))) {
      at++;
    }
  }
}
