package dev.slipway.tasks.intake;

import java.util.Optional;

/** The specifications that the models' stacks wrote. */
public interface SpecStore {
  /** {@return the specification of a model as JSON; empty when no stack of that model stands} */
  Optional<String> find(String model);
}
