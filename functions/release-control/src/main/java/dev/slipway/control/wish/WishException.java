package dev.slipway.control.wish;

import java.util.List;

/** A wish that cannot be served. */
public final class WishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names every problem.
   *
   * @param model whose wish
   * @param problems what was expected and found
   */
  public WishException(String model, List<String> problems) {
    super(
        "WISH_INVALID: the wish of "
            + model
            + " cannot be served: "
            + String.join("; ", problems)
            + ". Deploy the model's stack again with the same version of Slipway.");
  }
}
