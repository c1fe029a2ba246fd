package dev.slipway.dataset;

import java.util.List;

/** The column to predict, one entry per row. Immutable. */
public sealed interface DatasetTarget {
  /** {@return how many rows} */
  int rows();

  /** {@return the entry of a row as it is written to a file} */
  String text(int row);

  /** A class per row. */
  final class Labels implements DatasetTarget {
    private final List<String> classes;
    private final int[] indexes;

    Labels(List<String> classes, int[] indexes) {
      this.classes = List.copyOf(classes);
      this.indexes = indexes.clone();
    }

    /** {@return the classes: numbers by value, words by alphabet} */
    public List<String> classes() {
      return classes;
    }

    /** {@return the class of a row, as an index into the classes} */
    public int index(int row) {
      return indexes[row];
    }

    @Override
    public int rows() {
      return indexes.length;
    }

    @Override
    public String text(int row) {
      return classes.get(indexes[row]);
    }
  }

  /** A finite number per row. */
  final class Values implements DatasetTarget {
    private final double[] numbers;

    Values(double[] numbers) {
      this.numbers = numbers.clone();
    }

    /** {@return the number of a row} */
    public double value(int row) {
      return numbers[row];
    }

    @Override
    public int rows() {
      return numbers.length;
    }

    @Override
    public String text(int row) {
      return Numbers.text(numbers[row]);
    }
  }
}
