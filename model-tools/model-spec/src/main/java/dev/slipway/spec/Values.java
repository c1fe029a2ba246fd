package dev.slipway.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of values that settings have. */
final class Values {
  private Values() {}

  /** Whole numbers within limits, both included. */
  static ValueType<Long> whole(long least, long most) {
    return new ValueType<>(
        "a whole number from " + least + " to " + most,
        node ->
            number(node)
                .filter(text -> text.matches("[+-]?\\d{1,18}"))
                .map(Long::parseLong)
                .filter(value -> value >= least && value <= most),
        LongNode::valueOf);
  }

  /** Whole numbers of {@code int} size within limits, both included. */
  static ValueType<Integer> count(int least, int most) {
    ValueType<Long> wide = whole(least, most);
    return new ValueType<>(
        wide.expected(),
        node -> wide.read().apply(node).map(Math::toIntExact),
        value -> LongNode.valueOf(value));
  }

  /** Finite numbers within limits, both included. */
  static ValueType<Double> decimal(double least, double most) {
    return decimal(least, most, "a number from " + plain(least) + " to " + plain(most));
  }

  /** Finite numbers without other limits. */
  static ValueType<Double> anyDecimal() {
    return decimal(-Double.MAX_VALUE, Double.MAX_VALUE, "a finite number");
  }

  private static ValueType<Double> decimal(double least, double most, String expected) {
    return new ValueType<>(
        expected,
        node ->
            number(node).flatMap(Values::parse).filter(value -> value >= least && value <= most),
        DoubleNode::valueOf);
  }

  private static Optional<Double> parse(String text) {
    if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
  }

  private static Optional<String> number(SpecNode node) {
    return node instanceof SpecNode.Scalar(int _, SpecNode.Kind kind, String text)
            && kind == SpecNode.Kind.NUMBER
        ? Optional.of(text)
        : Optional.empty();
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** {@code true} or {@code false}. */
  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        node ->
            node instanceof SpecNode.Scalar(int _, SpecNode.Kind kind, String text)
                    && kind == SpecNode.Kind.BOOLEAN
                ? Optional.of(Boolean.parseBoolean(text))
                : Optional.empty(),
        BooleanNode::valueOf);
  }

  /** Text that a pattern allows whole; numbers and truth values count as their text. */
  static ValueType<String> text(String expected, Pattern allowed) {
    return new ValueType<>(
        expected, node -> word(node).filter(allowed.asMatchPredicate()), TextNode::valueOf);
  }

  private static Optional<String> word(SpecNode node) {
    return node instanceof SpecNode.Scalar(int _, SpecNode.Kind kind, String text)
            && kind != SpecNode.Kind.EMPTY
        ? Optional.of(text)
        : Optional.empty();
  }

  /** One word of a closed set, spelled exactly. */
  static <E extends Enum<E> & Word> ValueType<E> oneOf(Class<E> words) {
    List<E> known = List.of(words.getEnumConstants());
    String names = known.stream().map(Word::word).collect(Collectors.joining(", "));
    return new ValueType<>(
        "one of " + names,
        node ->
            word(node).flatMap(text -> known.stream().filter(w -> w.word().equals(text)).findAny()),
        value -> TextNode.valueOf(value.word()));
  }

  /** Lengths of time such as {@code 250ms}, {@code 10m}, {@code 1h30m} or {@code PT10M}. */
  static ValueType<Duration> duration(Duration least, Duration most) {
    return new ValueType<>(
        "a time from %s to %s, such as 250ms, 30s, 10m or 24h"
            .formatted(Durations.shorten(least), Durations.shorten(most)),
        node ->
            word(node)
                .flatMap(Durations::parse)
                .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0),
        time -> TextNode.valueOf(time.toString()));
  }

  /** Lists whose items have one kind and which a rule allows whole. */
  static <T> ValueType<List<T>> list(
      String expected, ValueType<T> item, Function<List<T>, Boolean> allowed) {
    return new ValueType<>(
        expected, node -> items(node, item).filter(allowed::apply), values -> array(values, item));
  }

  private static <T> Optional<List<T>> items(SpecNode node, ValueType<T> item) {
    if (!(node instanceof SpecNode.Sequence(int _, List<SpecNode> nodes))) {
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    for (SpecNode each : nodes) {
      item.read().apply(each).ifPresent(values::add);
    }
    return values.size() == nodes.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private static <T> JsonNode array(List<T> values, ValueType<T> item) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    Stream<JsonNode> nodes = values.stream().map(item.write());
    nodes.forEach(array::add);
    return array;
  }
}
