package dev.slipway.spec;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a specification is refused; names every problem that was found. */
public final class ModelSpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Makes the refusal of one document.
   *
   * @param source name of the document, shown to the user
   * @param problems at least one, in the order of the file
   */
  public ModelSpecException(String source, List<Problem> problems) {
    super(describe(source, problems));
    this.problems = List.copyOf(problems);
  }

  /** {@return every problem, in the order of the file; never empty} */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  private static String describe(String source, List<Problem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "  " + problem.describe())
        .collect(
            Collectors.joining(
                "\n", "MODEL_YAML_REFUSED: " + source + " has " + count + ":\n", ""));
  }
}
