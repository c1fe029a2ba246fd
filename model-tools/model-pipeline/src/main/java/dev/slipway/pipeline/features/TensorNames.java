package dev.slipway.pipeline.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of a tabular model's tensors. A tensor of a category column bears the column's name;
 * where that name is taken, {@value #SUFFIX} is added until it is free. So a column {@code label}
 * is asked for as {@code label_column}. The same columns give the same names.
 */
public final class TensorNames {
  /** The tensor of numeric columns, [rows, columns]. */
  public static final String FEATURES = "features";

  /** The most probable class, [rows]. */
  public static final String LABEL = "label";

  /** A probability per class, [rows, classes]. */
  public static final String PROBABILITIES = "probabilities";

  /** The answer of a model that predicts a number, [rows, 1]. */
  public static final String PREDICTION = "prediction";

  /** Every value inside the graph has a name that begins so. */
  public static final String INNER = "inner/";

  static final String SUFFIX = "_column";

  private static final Set<String> TAKEN = Set.of(FEATURES, LABEL, PROBABILITIES, PREDICTION);

  private TensorNames() {}

  /**
   * {@return one name per category column, in their order}
   *
   * <p>ONNX Runtime's Java binding takes names of the Basic Multilingual Plane only: a sign beyond
   * it (an emoji) is written as {@code _}, and the suffix is added.
   */
  static List<String> of(List<String> columns) {
    Set<String> used = new HashSet<>(columns);
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      String name = plain(column);
      while (TAKEN.contains(name) || (!name.equals(column) && used.contains(name))) {
        name += SUFFIX;
      }
      used.add(name);
      names.add(name);
    }
    return List.copyOf(names);
  }

  private static String plain(String column) {
    boolean allowed =
        !column.startsWith(INNER) && column.chars().noneMatch(c -> Character.isSurrogate((char) c));
    return allowed ? column : column.replaceAll("[\\x{10000}-\\x{10ffff}]|^inner/", "_") + SUFFIX;
  }
}
