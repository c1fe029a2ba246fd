package dev.slipway.bundle.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import dev.slipway.bundle.json.JsonValue.ArrayValue;
import dev.slipway.bundle.json.JsonValue.BooleanValue;
import dev.slipway.bundle.json.JsonValue.NullValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import dev.slipway.bundle.json.JsonValue.TextValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link JsonValue} trees. Thread-safe. */
public final class JsonText {
  /** Deeper nesting than any file of ours has; a deeper document is refused, not read. */
  private static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private JsonText() {}

  /**
   * {@return the tree of one JSON document}
   *
   * @param utf8 the document in UTF-8
   * @throws JsonSyntaxException when the bytes are not exactly one JSON document without repeated
   *     member names
   */
  public static JsonValue parse(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new JsonSyntaxException("the document is empty");
      }
      JsonValue value = readValue(parser, token);
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException("something follows the end of the document");
      }
      return value;
    } catch (StreamReadException e) {
      throw syntax(e);
    } catch (IOException e) {
      throw new JsonSyntaxException("the bytes are not UTF-8 JSON: " + e.getMessage());
    }
  }

  /**
   * {@return the tree of one JSON document}
   *
   * @param text the document
   * @throws JsonSyntaxException as {@link #parse(byte[])}
   */
  public static JsonValue parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@return the value as UTF-8 JSON without white space; equal values give equal bytes}
   *
   * @param value the tree
   */
  public static byte[] write(JsonValue value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a tree into a document that is being generated.
   *
   * @param generator where to write
   * @param value the tree
   * @throws IOException as the generator
   */
  public static void write(JsonGenerator generator, JsonValue value) throws IOException {
    if (value instanceof ObjectValue object) {
      generator.writeStartObject();
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        generator.writeFieldName(member.getKey());
        write(generator, member.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof ArrayValue array) {
      generator.writeStartArray();
      for (JsonValue element : array.elements()) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else {
      writeScalar(generator, value);
    }
  }

  private static void writeScalar(JsonGenerator generator, JsonValue value) throws IOException {
    if (value instanceof TextValue text) {
      generator.writeString(text.text());
    } else if (value instanceof NumberValue number) {
      generator.writeNumber(number.literal());
    } else if (value instanceof BooleanValue bool) {
      generator.writeBoolean(bool.value());
    } else {
      generator.writeNull();
    }
  }

  private static JsonValue readValue(JsonParser parser, @Nullable JsonToken token)
      throws IOException {
    if (token == null) {
      throw new JsonSyntaxException("the document ends in the middle of a value");
    }
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> new TextValue(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberValue(parser.getText());
      case VALUE_TRUE -> new BooleanValue(true);
      case VALUE_FALSE -> new BooleanValue(false);
      case VALUE_NULL -> NullValue.NULL;
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonSyntaxException("unexpected " + token);
    };
  }

  private static ObjectValue readObject(JsonParser parser) throws IOException {
    LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      members.put(name, readValue(parser, parser.nextToken()));
    }
    return new ObjectValue(members);
  }

  private static ArrayValue readArray(JsonParser parser) throws IOException {
    List<JsonValue> elements = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      elements.add(readValue(parser, token));
      token = parser.nextToken();
    }
    return new ArrayValue(elements);
  }

  private static JsonSyntaxException syntax(JsonProcessingException e) {
    String place =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    return new JsonSyntaxException(e.getOriginalMessage() + place);
  }
}
