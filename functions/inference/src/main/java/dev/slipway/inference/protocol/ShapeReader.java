package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.slipway.bundle.Shape;
import dev.slipway.inference.http.HttpProblem;
import java.io.IOException;
import java.util.Arrays;

/** Reads a {@code shape}. */
final class ShapeReader {
  /** More dimensions than a tensor has. */
  private static final int MAX_RANK = 16;

  private ShapeReader() {}

  static Shape read(JsonParser parser, String where) throws IOException {
    Requests.expect(JsonToken.START_ARRAY, parser.currentToken(), parser, where);
    long[] dimensions = new long[MAX_RANK];
    int rank = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (rank == MAX_RANK) {
        throw HttpProblem.badRequest(
            "SHAPE_MISMATCH", where + " has more than " + MAX_RANK + " dimensions.");
      }
      dimensions[rank++] = dimension(parser, token, where);
    }
    return Shape.of(Arrays.copyOf(dimensions, rank));
  }

  private static long dimension(JsonParser parser, JsonToken token, String where)
      throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      try {
        long dimension = parser.getLongValue();
        if (dimension >= 0) {
          return dimension;
        }
      } catch (InputCoercionException _) {
        // Beyond 64 bits; refused below with the others.
      }
    }
    throw Requests.wrongType(
        where, "an array of whole numbers, at least 0", Requests.describe(token, parser));
  }
}
