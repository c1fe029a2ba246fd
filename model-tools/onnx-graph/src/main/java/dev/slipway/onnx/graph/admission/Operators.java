package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.Domains;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The list of operators that an admitted model may use, from {@code operators.txt}. */
final class Operators {
  private static final String LIST = "operators.txt";
  private static final String NEVER = "-";

  private final Map<String, Lifetime> operators;

  private record Lifetime(long first, long gone) {}

  private Operators(Map<String, Lifetime> operators) {
    this.operators = Map.copyOf(operators);
  }

  static Operators load() {
    Map<String, Lifetime> operators = new HashMap<>();
    try (var stream = Objects.requireNonNull(Operators.class.getResourceAsStream(LIST), LIST);
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .forEach(words -> operators.put(key(words[0], words[1]), lifetime(words)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + LIST, e);
    }
    return new Operators(operators);
  }

  private static Lifetime lifetime(String[] words) {
    long gone = words[3].equals(NEVER) ? Long.MAX_VALUE : Long.parseLong(words[3]);
    return new Lifetime(Long.parseLong(words[2]), gone);
  }

  boolean allows(String domain, String name, long opset) {
    Lifetime lifetime = operators.get(key(domain, name));
    return lifetime != null && lifetime.first() <= opset && opset < lifetime.gone();
  }

  boolean knowsDomain(String domain) {
    return switch (Domains.canonical(domain)) {
      case Domains.STANDARD, Domains.ML, Domains.MICROSOFT -> true;
      default -> false;
    };
  }

  private static String key(String domain, String name) {
    String canonical = Domains.canonical(domain);
    return (canonical.isEmpty() ? "ai.onnx" : canonical) + ":" + name;
  }
}
