package dev.slipway.runtime;

import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.ModelException.Code;
import java.util.List;

/** Refuses tensors that do not fit a signature, before native code sees them. */
final class InputCheck {
  private InputCheck() {}

  static void check(ModelSignature signature, List<? extends Tensor> tensors) {
    if (tensors.size() != signature.inputs().size()) {
      throw refuse("expected " + signature.inputs().size() + " tensors, found " + tensors.size());
    }
    long rows = -1;
    for (InputTensor input : signature.inputs()) {
      Tensor tensor = find(tensors, input.name());
      if (tensor.datatype() != input.datatype() || !input.shape().accepts(tensor.shape())) {
        throw refuse(
            "input "
                + input.name()
                + " takes "
                + input.datatype()
                + input.shape()
                + ", found "
                + tensor.datatype()
                + tensor.shape());
      }
      if (hasRows(input)) {
        long found = tensor.shape().dimension(0);
        if (rows >= 0 && rows != found) {
          throw refuse("input " + input.name() + " has " + found + " rows, another has " + rows);
        }
        rows = found;
      }
    }
  }

  /** {@return whether the first dimension is the number of rows} */
  static boolean hasRows(InputTensor input) {
    return input.shape().rank() > 0 && input.shape().dimension(0) == Shape.ANY;
  }

  private static Tensor find(List<? extends Tensor> tensors, String name) {
    for (Tensor tensor : tensors) {
      if (tensor.name().equals(name)) {
        return tensor;
      }
    }
    throw refuse("input " + name + " is missing");
  }

  private static ModelException refuse(String problem) {
    return new ModelException(Code.MODEL_INPUT_INVALID, problem + ".");
  }
}
