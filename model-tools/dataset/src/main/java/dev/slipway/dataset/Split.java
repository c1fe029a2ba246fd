package dev.slipway.dataset;

/** Which rows learn, choose and judge. Each row is in exactly one part. Immutable. */
public final class Split {
  private final int[] train;
  private final int[] validation;
  private final int[] test;

  Split(int[] train, int[] validation, int[] test) {
    this.train = train.clone();
    this.validation = validation.clone();
    this.test = test.clone();
  }

  /** {@return rows to learn from, ascending} */
  public int[] train() {
    return train.clone();
  }

  /** {@return rows to choose by, ascending} */
  public int[] validation() {
    return validation.clone();
  }

  /** {@return rows to judge by, ascending; seen once} */
  public int[] test() {
    return test.clone();
  }

  /**
   * How rows are shared out; the shares add up to 1.
   *
   * @param train share to learn from, in (0, 1)
   * @param validation share to choose by, in (0, 1)
   * @param test share to judge by, in (0, 1)
   * @param stratify whether every class is cut in the same shares
   */
  public record Shares(double train, double validation, double test, boolean stratify) {
    /** {@return 7 : 2 : 1, every class alike} */
    public static Shares usual() {
      return new Shares(0.7, 0.2, 0.1, true);
    }
  }
}
