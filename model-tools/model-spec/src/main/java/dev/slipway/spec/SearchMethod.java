package dev.slipway.spec;

/** How hyperparameters are searched. */
public enum SearchMethod implements Word {
  /** Every combination of a fixed grid, until the trials are used up. */
  GRID("grid"),
  /** Independent draws. */
  RANDOM("random"),
  /** Draws guided by the results so far. */
  BAYESIAN("bayesian");

  private final String word;

  SearchMethod(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
