package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.Tensor;
import java.io.IOException;

/** Takes the elements of one tensor in row-major order. */
sealed interface ElementSink permits NumberSink, TextSink {
  /** Takes the value that the parser is at; what is wrong with it goes to the problems. */
  void put(int index, JsonToken token, JsonParser parser) throws IOException;

  /** {@return the tensor, once every element was put} */
  Tensor tensor(Shape shape);

  /** {@return a sink for the elements of an input} */
  static ElementSink of(DeclaredInput input, int count, ValueProblems problems) {
    return input.tensor().datatype().isText()
        ? new TextSink(input, count, problems)
        : new NumberSink(input, count, problems);
  }
}
