package dev.slipway.dataset;

import java.util.List;
import java.util.stream.Collectors;

/** Says everything that is wrong with a table. */
public final class DatasetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<DatasetProblem> problems;

  /** Creates the exception; there is at least one problem. */
  public DatasetException(List<DatasetProblem> problems) {
    super(problems.stream().map(DatasetProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  static DatasetException of(DatasetProblem problem) {
    return new DatasetException(List.of(problem));
  }

  /** {@return every problem found, in the order of the file} */
  public List<DatasetProblem> problems() {
    return problems;
  }
}
