package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.Tensor;
import dev.slipway.runtime.TextTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes strings; a missing one becomes the empty string. */
final class TextSink implements ElementSink {
  private final DeclaredInput input;
  private final ValueProblems problems;
  private final List<String> texts;

  TextSink(DeclaredInput input, int count, ValueProblems problems) {
    this.input = input;
    this.problems = problems;
    this.texts = new ArrayList<>(count);
  }

  @Override
  public void put(int index, JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      texts.add(Requests.text(parser, token, input.place(index)));
      return;
    }
    texts.add("");
    if (token == JsonToken.VALUE_NULL) {
      if (!input.mayBeMissing(index)) {
        problems.note("VALUE_MISSING", input.place(index) + " is required, found null");
      }
    } else {
      problems.note(
          "TYPE_MISMATCH",
          input.place(index) + " must be a string, found " + Requests.describe(token, parser));
    }
  }

  @Override
  public Tensor tensor(Shape shape) {
    return new TextTensor(input.name(), shape, texts);
  }
}
