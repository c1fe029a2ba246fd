package dev.slipway.spec;

import java.util.List;

/** A parsed document with the line of every value: what YAML and JSON have in common. */
sealed interface SpecNode {
  int line();

  /** A mapping; its entries keep the order of the file and hold each key once. */
  record Mapping(int line, List<Entry> entries) implements SpecNode {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /** One key of a mapping with its value; the line is the key's. */
  record Entry(String key, int line, SpecNode value) {}

  /** A list. */
  record Sequence(int line, List<SpecNode> items) implements SpecNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A single value with its text as written. */
  record Scalar(int line, Kind kind, String text) implements SpecNode {}

  /** How a single value was written. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    EMPTY
  }

  /** {@return the node in words, for "found …"} */
  default String found() {
    return switch (this) {
      case Mapping _ -> "a mapping";
      case Sequence _ -> "a list";
      case Scalar(int _, Kind kind, String text) ->
          kind == Kind.EMPTY ? "nothing" : "'" + Texts.shorten(text) + "'";
    };
  }
}
