package dev.slipway.inference.protocol;

import dev.slipway.runtime.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A checked infer request.
 *
 * @param id the client's identifier, to be given back
 * @param inputs one tensor per input of the model
 * @param outputs the names of the outputs wanted, in the client's order; empty means all
 */
public record InferRequest(Optional<String> id, List<Tensor> inputs, List<String> outputs) {
  public InferRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
