package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.inference.http.HttpProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code outputs} of a request: which of the model's outputs are wanted. */
final class OutputsReader {
  private OutputsReader() {}

  /**
   * {@return the names wanted, in the request's order}
   *
   * @param parser at the value of {@code outputs}
   * @param known the names of the model's outputs
   */
  static List<String> read(JsonParser parser, List<String> known) throws IOException {
    Requests.expect(JsonToken.START_ARRAY, parser.currentToken(), parser, "outputs");
    List<String> wanted = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      String where = "outputs[" + wanted.size() + "]";
      Requests.expect(JsonToken.START_OBJECT, token, parser, where);
      String name = name(parser, where);
      if (!known.contains(name)) {
        throw HttpProblem.badRequest(
            "OUTPUT_UNKNOWN",
            "the model has no output "
                + Requests.quote(name)
                + ", expected one of "
                + String.join(", ", known)
                + ".");
      }
      if (wanted.contains(name)) {
        throw HttpProblem.badRequest(
            "OUTPUT_REPEATED", "output " + name + " is asked for twice, expected it once.");
      }
      wanted.add(name);
    }
    return wanted;
  }

  private static String name(JsonParser parser, String where) throws IOException {
    String name = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (member) {
        case "name" -> name = Requests.text(parser, token, where + ".name");
        case "parameters" -> {
          Requests.expect(JsonToken.START_OBJECT, token, parser, where + ".parameters");
          parser.skipChildren();
        }
        default ->
            throw HttpProblem.badRequest(
                "MEMBER_UNKNOWN",
                where
                    + " has a member "
                    + Requests.quote(member)
                    + ", expected only name and parameters. Remove it.");
      }
    }
    if (name.isEmpty()) {
      throw HttpProblem.badRequest(
          "MEMBER_MISSING", where + " has no name, expected the name of an output.");
    }
    return name;
  }
}
