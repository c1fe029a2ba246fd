package dev.slipway.control.port;

import java.util.List;
import java.util.Optional;

/** The wishes of the stacks. Every method throws {@link ControlPlaneException}. */
public interface WishStore {
  /** {@return the JSON of a model's wish; empty when there is none} */
  Optional<String> read(String model);

  /** {@return the models that have a wish} */
  List<String> models();
}
