package dev.slipway.inference.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.slipway.inference.http.HttpProblem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How request bodies are parsed, and the words for what is wrong with them. */
final class Requests {
  /** Deeper than any tensor; a deeper document is refused, not read. */
  private static final int MAX_DEPTH = 32;

  /** Longer than any number that means something in 64 bits. */
  private static final int MAX_NUMBER_LENGTH = 400;

  private static final int SHOWN_CHARACTERS = 40;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .build();

  private Requests() {}

  /** {@return a parser of UTF-8 JSON, to be closed by the caller} */
  static JsonParser parser(byte[] utf8, int offset, int length) throws IOException {
    return FACTORY.createParser(utf8, offset, length);
  }

  /** {@return the problem that the parser met} */
  static HttpProblem syntax(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return HttpProblem.badRequest(
        "JSON_INVALID",
        "expected one JSON object in UTF-8 as the Open Inference Protocol v2 describes, found an"
            + " error"
            + where
            + ": "
            + e.getOriginalMessage()
            + ". Correct the body; JSON has no NaN, Infinity or comments, missing values are null.");
  }

  /** Refuses a value of another kind than expected. */
  static void expect(JsonToken wanted, @Nullable JsonToken found, JsonParser parser, String where)
      throws IOException {
    if (wanted != found) {
      throw wrongType(where, word(wanted), describe(found, parser));
    }
  }

  static HttpProblem wrongType(String where, String expected, String found) {
    return HttpProblem.badRequest(
        "TYPE_MISMATCH", where + " must be " + expected + ", found " + found + ".");
  }

  /** {@return the text value the parser is at; refuses other kinds and halves of characters} */
  static String text(JsonParser parser, @Nullable JsonToken token, String where)
      throws IOException {
    expect(JsonToken.VALUE_STRING, token, parser, where);
    String text = parser.getText();
    if (!isWhole(text)) {
      throw HttpProblem.badRequest(
          "TEXT_INVALID",
          where + " holds half a surrogate pair, expected whole Unicode characters.");
    }
    return text;
  }

  /** {@return whether every surrogate has its other half} */
  static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** {@return the value the parser is at, in words, cut short} */
  static String describe(@Nullable JsonToken token, JsonParser parser) throws IOException {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "the string " + quote(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + cut(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> "the boolean " + parser.getText();
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "nothing";
    };
  }

  /** {@return a client's text in quotes, cut short and without control characters} */
  static String quote(String text) {
    return '"' + cut(text) + '"';
  }

  private static String cut(String text) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(text.length(), SHOWN_CHARACTERS);
    for (int i = 0; i < end; i++) {
      char character = text.charAt(i);
      boolean odd = Character.isISOControl(character) || Character.isSurrogate(character);
      shown.append(odd ? '?' : character);
    }
    return end < text.length() ? shown.append('…').toString() : shown.toString();
  }

  private static String word(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "a value";
    };
  }
}
