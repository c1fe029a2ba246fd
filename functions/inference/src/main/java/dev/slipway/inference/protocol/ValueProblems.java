package dev.slipway.inference.protocol;

import dev.slipway.inference.http.HttpProblem;

/**
 * Gathers what is wrong with the elements of a tensor: the first few in words, the rest counted.
 */
final class ValueProblems {
  private static final int SHOWN = 3;

  private final StringBuilder text = new StringBuilder();
  private String code = "";
  private int count;

  /** {@return whether the next problem is still told in words} */
  boolean wantsWords() {
    return count < SHOWN;
  }

  /** Notes a problem; the words are ignored once {@link #wantsWords} is false. */
  void note(String problemCode, String words) {
    if (count < SHOWN) {
      code = count == 0 ? problemCode : code;
      text.append(count == 0 ? "" : "; ").append(words);
    }
    count++;
  }

  /** Refuses the request when there was a problem. */
  void check() {
    if (count > 0) {
      String more = count > SHOWN ? "; and " + (count - SHOWN) + " more" : "";
      throw HttpProblem.badRequest(code, text + more + ".");
    }
  }
}
