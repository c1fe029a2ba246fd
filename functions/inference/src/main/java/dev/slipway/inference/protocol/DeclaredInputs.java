package dev.slipway.inference.protocol;

import dev.slipway.bundle.InputTensor;
import dev.slipway.inference.http.HttpProblem;
import dev.slipway.runtime.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The inputs of the model. Immutable. */
final class DeclaredInputs {
  private static final int TOO_LARGE = 413;

  private final List<DeclaredInput> inputs;

  DeclaredInputs(List<InputTensor> tensors) {
    List<DeclaredInput> list = new ArrayList<>();
    for (InputTensor tensor : tensors) {
      list.add(new DeclaredInput(tensor));
    }
    inputs = List.copyOf(list);
  }

  DeclaredInput find(String name) {
    for (DeclaredInput input : inputs) {
      if (input.name().equals(name)) {
        return input;
      }
    }
    throw HttpProblem.badRequest(
        "INPUT_UNKNOWN",
        "the model has no input " + Requests.quote(name) + ", expected " + this + ".");
  }

  /** Refuses tensors that do not make one request: an input twice or not at all, uneven rows. */
  void check(List<Tensor> tensors, int maxRows) {
    Set<String> names = new HashSet<>();
    for (Tensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw HttpProblem.badRequest(
            "INPUT_REPEATED", "input " + tensor.name() + " is given twice, expected it once.");
      }
    }
    for (DeclaredInput input : inputs) {
      if (!names.contains(input.name())) {
        throw HttpProblem.badRequest(
            "INPUT_MISSING",
            "input " + input + " is not given, expected " + this + ". Add it to inputs.");
      }
    }
    checkRows(tensors, maxRows);
  }

  private void checkRows(List<Tensor> tensors, int maxRows) {
    String first = "";
    long rows = -1;
    for (Tensor tensor : tensors) {
      if (find(tensor.name()).hasRows()) {
        long found = tensor.shape().dimension(0);
        if (rows >= 0 && found != rows) {
          throw HttpProblem.badRequest(
              "SHAPE_MISMATCH",
              "input "
                  + first
                  + " has "
                  + rows
                  + " rows and input "
                  + tensor.name()
                  + " has "
                  + found
                  + ", expected the same number in every input.");
        }
        rows = found;
        first = tensor.name();
      }
    }
    if (rows == 0) {
      throw HttpProblem.badRequest(
          "BATCH_EMPTY", "input " + first + " has 0 rows, expected at least 1.");
    }
    if (rows > maxRows) {
      throw new HttpProblem(
          TOO_LARGE,
          "BATCH_TOO_LARGE",
          "the request has "
              + rows
              + " rows, expected at most "
              + maxRows
              + ". Send them in several requests.");
    }
  }

  /** {@return for example {@code features FP32[-1, 30], colour BYTES[-1]}} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (DeclaredInput input : inputs) {
      text.append(text.isEmpty() ? "" : ", ").append(input);
    }
    return text.toString();
  }
}
