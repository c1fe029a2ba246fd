package dev.slipway.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that one report names it all. Not thread-safe. */
final class Problems {
  /** More than a person reads at once; also bounds what a hostile file can make us hold. */
  private static final int LIMIT = 50;

  private final List<Problem> found = new ArrayList<>();

  void add(String path, int line, String code, String message) {
    if (found.size() < LIMIT) {
      found.add(new Problem(path, line, code, message));
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  /** Throws one exception that names every problem, if there is any. */
  void throwIfAny(String source) {
    if (!found.isEmpty()) {
      throw new ModelSpecException(
          source, found.stream().sorted(Comparator.comparingInt(Problem::line)).toList());
    }
  }
}
