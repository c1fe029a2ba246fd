package dev.slipway.bundle;

import java.util.List;

/**
 * Says that a bundle, or one of its files, cannot be used, with every problem that was found.
 *
 * <p>The message begins with a code that can be counted, for example {@code
 * BUNDLE_DIGEST_MISMATCH}.
 */
public final class BundleException extends RuntimeException {
  private final transient List<BundleProblem> problems;

  /**
   * Creates the exception.
   *
   * @param problems what is wrong; at least one
   */
  public BundleException(List<BundleProblem> problems) {
    super(join(problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * Creates the exception with one problem.
   *
   * @param problem what is wrong
   */
  public BundleException(BundleProblem problem) {
    this(List.of(problem));
  }

  /** {@return what is wrong; at least one problem} */
  public List<BundleProblem> problems() {
    return problems;
  }

  private static String join(List<BundleProblem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems is empty; a refusal names at least one");
    }
    StringBuilder text = new StringBuilder();
    for (BundleProblem problem : problems) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(problem.message());
    }
    return text.toString();
  }
}
