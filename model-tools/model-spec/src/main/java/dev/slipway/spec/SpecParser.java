package dev.slipway.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns a YAML or JSON document into a tree that knows its lines. */
final class SpecParser {
  /** Far more than the deepest setting needs; keeps a hostile file from overflowing the stack. */
  private static final int DEEPEST = 20;

  private static final Pattern TABBED = Pattern.compile(" *\\t");

  private final Problems problems;

  SpecParser(Problems problems) {
    this.problems = problems;
  }

  Optional<SpecNode> yaml(String text) {
    return parse(new YAMLFactory(), text);
  }

  Optional<SpecNode> json(String text) {
    return parse(new JsonFactory(), text);
  }

  /**
   * Parses the document; what cannot be parsed is added to the problems and the result is empty.
   */
  private Optional<SpecNode> parse(JsonFactory factory, String text) {
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        problems.add("", 1, "MODEL_YAML_EMPTY", "the file is empty; expected name, task and data");
        return Optional.empty();
      }
      SpecNode root = read(parser, 0, "");
      if (parser.nextToken() != null) {
        problems.add(
            "", line(parser), "MODEL_YAML_SYNTAX", "expected one document, found a second one");
      }
      return Optional.of(root);
    } catch (JsonProcessingException e) {
      addSyntaxProblem(e, text);
    } catch (TooDeepException e) {
      problems.add(
          e.path, e.line, "MODEL_YAML_TOO_DEEP", "expected at most " + DEEPEST + " nested levels");
    } catch (IOException e) {
      problems.add("", 0, "MODEL_YAML_SYNTAX", "the text cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void addSyntaxProblem(JsonProcessingException failure, String text) {
    int tabbed = tabbedLine(text);
    if (tabbed > 0) {
      problems.add(
          "",
          tabbed,
          "MODEL_YAML_SYNTAX",
          "expected spaces for indentation, found a tab character; replace tabs by spaces");
      return;
    }
    int line = failure.getLocation() == null ? 0 : failure.getLocation().getLineNr();
    problems.add("", line, "MODEL_YAML_SYNTAX", firstLine(failure.getOriginalMessage()));
  }

  /** {@return the first line that is indented with a tab; 0 where there is none} */
  private static int tabbedLine(String text) {
    List<String> lines = text.lines().toList();
    for (int line = 0; line < lines.size(); line++) {
      if (TABBED.matcher(lines.get(line)).lookingAt()) {
        return line + 1;
      }
    }
    return 0;
  }

  private SpecNode read(JsonParser parser, int depth, String path) throws IOException {
    int line = line(parser);
    if (depth > DEEPEST) {
      throw new TooDeepException(path, line);
    }
    refuseAlias(parser, path, line);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, depth, path, line);
      case START_ARRAY -> sequence(parser, depth, path, line);
      case VALUE_NULL -> new SpecNode.Scalar(line, SpecNode.Kind.EMPTY, "");
      case VALUE_TRUE, VALUE_FALSE ->
          new SpecNode.Scalar(line, SpecNode.Kind.BOOLEAN, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new SpecNode.Scalar(line, SpecNode.Kind.NUMBER, parser.getText());
      case VALUE_STRING -> text(parser.getText(), line);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          new SpecNode.Scalar(line, SpecNode.Kind.EMPTY, "");
    };
  }

  private static SpecNode text(String text, int line) {
    return new SpecNode.Scalar(
        line, text.isBlank() ? SpecNode.Kind.EMPTY : SpecNode.Kind.TEXT, text.strip());
  }

  private SpecNode mapping(JsonParser parser, int depth, String path, int line) throws IOException {
    List<SpecNode.Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int keyLine = line(parser);
      String keyPath = path.isEmpty() ? Texts.shorten(key) : path + "." + Texts.shorten(key);
      parser.nextToken();
      SpecNode value = read(parser, depth + 1, keyPath);
      Integer first = lines.putIfAbsent(key, keyLine);
      if (first == null) {
        entries.add(new SpecNode.Entry(key, keyLine, value));
      } else {
        problems.add(
            keyPath,
            keyLine,
            "MODEL_YAML_DUPLICATE_KEY",
            "expected each key once, first seen in line " + first + "; remove one of the two");
      }
    }
    return new SpecNode.Mapping(line, entries);
  }

  private SpecNode sequence(JsonParser parser, int depth, String path, int line)
      throws IOException {
    List<SpecNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser, depth + 1, path + "[" + items.size() + "]"));
    }
    return new SpecNode.Sequence(line, items);
  }

  /** Aliases are refused: a few lines of them can stand for gigabytes. */
  private void refuseAlias(JsonParser parser, String path, int line) throws IOException {
    if (parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
      problems.add(
          path,
          line,
          "MODEL_YAML_ALIAS",
          "anchors (&) and aliases (*) are not allowed; write the value out");
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static String firstLine(String message) {
    return Texts.shorten(message.lines().findFirst().orElse("not readable"));
  }

  /** Ends the parsing of a document that nests without end. */
  private static final class TooDeepException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final int line;

    TooDeepException(String path, int line) {
      super("nested too deeply");
      this.path = Texts.shorten(path);
      this.line = line;
    }
  }
}
