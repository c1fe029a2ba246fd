package dev.slipway.spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One mapping of the document while its settings are read. A wrong value becomes a problem and is
 * replaced by the default, so that reading goes on and finds the next one. Not thread-safe.
 */
final class Area {
  private final String path;
  private final int line;
  private final List<SpecNode.Entry> entries;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  private Area(String path, int line, List<SpecNode.Entry> entries, Problems problems) {
    this.path = path;
    this.line = line;
    this.entries = entries;
    this.problems = problems;
  }

  /** {@return the area that a node describes; something that is no mapping is a problem} */
  static Area of(String path, SpecNode node, Problems problems) {
    if (node instanceof SpecNode.Mapping(int line, List<SpecNode.Entry> entries)) {
      return new Area(path, line, entries, problems);
    }
    boolean empty =
        node instanceof SpecNode.Scalar(int _, SpecNode.Kind kind, String _)
            && kind == SpecNode.Kind.EMPTY;
    if (!empty || path.isEmpty()) {
      problems.add(
          path,
          node.line(),
          "MODEL_YAML_BAD_VALUE",
          "expected a mapping (key: value), found " + node.found());
    }
    return new Area(path, node.line(), List.of(), problems);
  }

  String path() {
    return path;
  }

  int line() {
    return line;
  }

  Problems problems() {
    return problems;
  }

  /** {@return the value, or the default where it is absent or wrong} */
  <T> T get(Setting<T> setting) {
    return find(setting)
        .or(setting::defaultValue)
        .orElseThrow(() -> new IllegalStateException(setting + " has no default"));
  }

  /** {@return the value; absent or wrong is a problem and gives the stand-in} */
  <T> T require(Setting<T> setting, T standIn) {
    if (entry(setting.key()).isEmpty()) {
      problems.add(
          place(setting.key()),
          line,
          "MODEL_YAML_MISSING",
          "required; expected " + setting.expected() + " (" + setting.description() + ")");
    }
    return find(setting).orElse(standIn);
  }

  /** {@return the value, or empty where it is absent or wrong} */
  <T> Optional<T> find(Setting<T> setting) {
    known.add(setting.key());
    return entry(setting.key()).flatMap(entry -> value(setting, entry));
  }

  private <T> Optional<T> value(Setting<T> setting, SpecNode.Entry entry) {
    Optional<T> value = setting.type().read().apply(entry.value());
    if (value.isEmpty()) {
      problems.add(
          place(setting.key()),
          entry.value().line(),
          "MODEL_YAML_BAD_VALUE",
          "expected " + setting.expected() + ", found " + entry.value().found());
    }
    return value;
  }

  /** {@return the area below a key; an absent one is an area without keys} */
  Area area(String key) {
    known.add(key);
    return entry(key)
        .map(entry -> of(place(key), entry.value(), problems))
        .orElseGet(() -> new Area(place(key), line, List.of(), problems));
  }

  /** {@return the node below a key, for what is neither a setting nor an area} */
  Optional<SpecNode> node(String key) {
    known.add(key);
    return entry(key).map(SpecNode.Entry::value);
  }

  List<SpecNode.Entry> entries() {
    return entries;
  }

  boolean has(String key) {
    return entry(key).isPresent();
  }

  /** {@return the line of a key, or of the area where the key is absent} */
  int lineOf(String key) {
    return entry(key).map(SpecNode.Entry::line).orElse(line);
  }

  String place(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Adds a problem of two settings that do not go together. */
  void conflict(String key, String message) {
    problems.add(place(key), lineOf(key), "MODEL_YAML_CONFLICT", message);
  }

  /** Reports every key that nothing asked for. Call once, after the last setting was read. */
  void refuseUnknown() {
    for (SpecNode.Entry entry : entries) {
      if (!known.contains(entry.key())) {
        problems.add(
            place(Texts.shorten(entry.key())),
            entry.line(),
            "MODEL_YAML_UNKNOWN_KEY",
            "unknown key" + Settings.hint(path, entry.key(), known));
      }
    }
  }

  private Optional<SpecNode.Entry> entry(String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }
}
