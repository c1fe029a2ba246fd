package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.bundle.Shape;
import dev.slipway.inference.http.HttpProblem;
import dev.slipway.runtime.Tensor;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads one element of {@code inputs}. Its members may come in any order: data that comes before
 * name, datatype and shape is passed over and read afterwards.
 */
final class InputReader {
  private final DeclaredInputs declared;
  private final byte[] body;
  private final int length;
  private final String where;
  private Optional<DeclaredInput> input = Optional.empty();
  private Optional<String> datatype = Optional.empty();
  private Optional<Shape> shape = Optional.empty();
  private Optional<Tensor> tensor = Optional.empty();
  private long dataFrom = -1;
  private long dataTo = -1;

  private InputReader(DeclaredInputs declared, byte[] body, int length, int index) {
    this.declared = declared;
    this.body = body;
    this.length = length;
    this.where = "inputs[" + index + "]";
  }

  /**
   * {@return the tensor}
   *
   * @param parser at the element's first token
   * @param declared what the model takes
   * @param body the request that the parser reads
   * @param length the bytes of it that are JSON
   * @param index the element's place in {@code inputs}
   */
  static Tensor read(JsonParser parser, DeclaredInputs declared, byte[] body, int length, int index)
      throws IOException {
    InputReader reader = new InputReader(declared, body, length, index);
    Requests.expect(JsonToken.START_OBJECT, parser.currentToken(), parser, reader.where);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      parser.nextToken();
      reader.member(member, parser);
    }
    return reader.finish();
  }

  private void member(String member, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    switch (member) {
      case "name" ->
          input = Optional.of(declared.find(Requests.text(parser, token, where + ".name")));
      case "datatype" -> datatype = Optional.of(Requests.text(parser, token, where + ".datatype"));
      case "shape" -> shape = Optional.of(ShapeReader.read(parser, where + ".shape"));
      case "parameters" -> {
        Requests.expect(JsonToken.START_OBJECT, token, parser, where + ".parameters");
        parser.skipChildren();
      }
      case "data" -> data(parser);
      default ->
          throw HttpProblem.badRequest(
              "MEMBER_UNKNOWN",
              where
                  + " has a member "
                  + Requests.quote(member)
                  + ", expected only name, shape, datatype, data and parameters. Remove it.");
    }
  }

  private void data(JsonParser parser) throws IOException {
    if (input.isPresent() && datatype.isPresent() && shape.isPresent()) {
      tensor = Optional.of(tensor(parser));
      return;
    }
    Requests.expect(JsonToken.START_ARRAY, parser.currentToken(), parser, where + ".data");
    dataFrom = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    dataTo = parser.currentLocation().getByteOffset();
  }

  private Tensor finish() throws IOException {
    if (tensor.isEmpty() && dataFrom >= 0) {
      try (JsonParser parser = Requests.parser(body, (int) dataFrom, (int) (dataTo - dataFrom))) {
        parser.nextToken();
        tensor = Optional.of(tensor(parser));
      }
    }
    return tensor.orElseThrow(() -> missing("data", "an array of elements"));
  }

  private Tensor tensor(JsonParser parser) throws IOException {
    DeclaredInput to = input.orElseThrow(() -> missing("name", "one of " + declared));
    String type = datatype.orElseThrow(() -> missing("datatype", to.toString()));
    Shape size = shape.orElseThrow(() -> missing("shape", to.toString()));
    to.check(type, size);
    return DataReader.read(parser, to, size, length);
  }

  private HttpProblem missing(String member, String expected) {
    return HttpProblem.badRequest(
        "MEMBER_MISSING", where + " has no " + member + ", expected " + expected + ".");
  }
}
