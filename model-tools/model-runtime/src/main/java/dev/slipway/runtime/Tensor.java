package dev.slipway.runtime;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.Shape;

/** A named tensor that goes into or comes out of a model, row-major. */
public sealed interface Tensor permits NumberTensor, TextTensor {
  /** {@return the name of the model's input or output} */
  String name();

  /** {@return the type of the elements} */
  Datatype datatype();

  /** {@return the dimensions, none open} */
  Shape shape();

  /** {@return a copy of this tensor as golden cases and replies hold it} */
  NamedTensor toNamed();
}
