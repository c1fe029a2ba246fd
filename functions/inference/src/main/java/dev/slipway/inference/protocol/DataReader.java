package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.bundle.Shape;
import dev.slipway.inference.http.HttpProblem;
import dev.slipway.runtime.Tensor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code data} of an input: flat in row-major order, or nested as deep as the shape. In
 * one pass; memory is taken for as many elements as the shape says, and no more than the body can
 * hold.
 */
final class DataReader {
  private final JsonParser parser;
  private final DeclaredInput input;
  private final Shape shape;
  private final int count;
  private final ValueProblems problems = new ValueProblems();
  private final ElementSink sink;
  private long found;

  private DataReader(JsonParser parser, DeclaredInput input, Shape shape, int count) {
    this.parser = parser;
    this.input = input;
    this.shape = shape;
    this.count = count;
    this.sink = ElementSink.of(input, count, problems);
  }

  /**
   * {@return the tensor}
   *
   * @param parser at the first token of the data
   * @param input the input it is for
   * @param shape its shape, which the input accepts
   * @param bodyLength the bytes of the whole request, which limit the elements it can hold
   */
  static Tensor read(JsonParser parser, DeclaredInput input, Shape shape, int bodyLength)
      throws IOException {
    String where = "data of input " + input.name();
    Requests.expect(JsonToken.START_ARRAY, parser.currentToken(), parser, where);
    long count = shape.elementCount().orElse(Long.MAX_VALUE);
    if (count > bodyLength) {
      throw HttpProblem.badRequest(
          "SHAPE_MISMATCH",
          "input "
              + input.name()
              + " has shape "
              + shape
              + ", expected data to hold that many elements, found a body of "
              + bodyLength
              + " bytes. Give the shape of the data that is sent.");
    }
    DataReader reader = new DataReader(parser, input, shape, (int) count);
    reader.all();
    return reader.sink.tensor(shape);
  }

  private void all() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY && shape.rank() > 1) {
      nested(0, first);
    } else {
      flat(first);
    }
    problems.check();
    if (found != count) {
      throw HttpProblem.badRequest(
          "SHAPE_MISMATCH",
          "input "
              + input.name()
              + " has shape "
              + shape
              + ", expected "
              + count
              + " elements in data, found "
              + found
              + ". Correct the shape or the data.");
    }
  }

  private void flat(@Nullable JsonToken first) throws IOException {
    JsonToken token = first;
    while (token != null && token != JsonToken.END_ARRAY) {
      element(token);
      token = parser.nextToken();
    }
  }

  /** Reads the elements of an array at one level, its first token being the current one. */
  private void nested(int level, @Nullable JsonToken first) throws IOException {
    boolean innermost = level == shape.rank() - 1;
    long length = 0;
    JsonToken token = first;
    while (token != null && token != JsonToken.END_ARRAY) {
      if (innermost) {
        element(token);
      } else if (token == JsonToken.START_ARRAY) {
        nested(level + 1, parser.nextToken());
      } else {
        throw uneven("arrays at level " + (level + 1), Requests.describe(token, parser));
      }
      length++;
      token = parser.nextToken();
    }
    if (length != shape.dimension(level)) {
      throw uneven(
          shape.dimension(level) + " elements in each array at level " + level,
          length + " in one that ends before element " + found);
    }
  }

  private void element(JsonToken token) throws IOException {
    if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
      throw uneven("plain values as element " + found, Requests.describe(token, parser));
    }
    if (found < count) {
      sink.put((int) found, token, parser);
    }
    found++;
  }

  private HttpProblem uneven(String expected, String actual) {
    return HttpProblem.badRequest(
        "SHAPE_MISMATCH",
        "data of input "
            + input.name()
            + " does not have shape "
            + shape
            + ": expected "
            + expected
            + ", found "
            + actual
            + ". Send the data flat in row-major order, or nested exactly as the shape says.");
  }
}
