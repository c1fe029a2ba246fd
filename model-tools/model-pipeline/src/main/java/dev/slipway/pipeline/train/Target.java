package dev.slipway.pipeline.train;

import java.util.Arrays;
import java.util.List;

/** What the model learns to say, one entry per row. Immutable. */
public sealed interface Target {
  /** {@return how many rows} */
  int rows();

  /** {@return the entries of the rows named, in that order} */
  Target select(int[] rowIndexes);

  /** {@return these rows followed by the other's, which must be of the same kind} */
  Target append(Target other);

  /** {@return how many numbers a network gives per row: one per class, or one} */
  int outputs();

  /** A class per row, as an index into the labels. */
  final class Classes implements Target {
    private final List<String> labels;
    private final int[] indexes;

    /**
     * Copies the class of each row.
     *
     * @throws IllegalArgumentException on fewer than two labels or an index outside them
     */
    public Classes(List<String> labels, int[] indexes) {
      if (labels.size() < 2) {
        throw new IllegalArgumentException("expected at least two classes, found " + labels);
      }
      for (int index : indexes) {
        if (index < 0 || index >= labels.size()) {
          throw new IllegalArgumentException(
              "class index " + index + " is outside 0.." + (labels.size() - 1));
        }
      }
      this.labels = List.copyOf(labels);
      this.indexes = indexes.clone();
    }

    /** {@return the labels, in the order of the model's outputs} */
    public List<String> labels() {
      return labels;
    }

    /** {@return the class of a row} */
    public int get(int row) {
      return indexes[row];
    }

    /** {@return how many rows each class has} */
    public int[] counts() {
      int[] counts = new int[labels.size()];
      for (int index : indexes) {
        counts[index]++;
      }
      return counts;
    }

    @Override
    public int rows() {
      return indexes.length;
    }

    @Override
    public int outputs() {
      return labels.size();
    }

    @Override
    public Classes select(int[] rowIndexes) {
      return new Classes(labels, Arrays.stream(rowIndexes).map(row -> indexes[row]).toArray());
    }

    @Override
    public Classes append(Target other) {
      if (!(other instanceof Classes classes) || !classes.labels.equals(labels)) {
        throw new IllegalArgumentException("expected rows with the labels " + labels);
      }
      int[] joined = Arrays.copyOf(indexes, indexes.length + classes.indexes.length);
      System.arraycopy(classes.indexes, 0, joined, indexes.length, classes.indexes.length);
      return new Classes(labels, joined);
    }
  }

  /** A finite number per row. */
  final class Numbers implements Target {
    private final double[] values;

    /**
     * Copies the number of each row.
     *
     * @throws IllegalArgumentException on a value that is not finite
     */
    public Numbers(double[] values) {
      for (double value : values) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("a target is " + value + "; targets must be finite");
        }
      }
      this.values = values.clone();
    }

    /** {@return the number of a row} */
    public double get(int row) {
      return values[row];
    }

    /** {@return a copy of all numbers} */
    public double[] toArray() {
      return values.clone();
    }

    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public Numbers select(int[] rowIndexes) {
      return new Numbers(Arrays.stream(rowIndexes).mapToDouble(row -> values[row]).toArray());
    }

    @Override
    public Numbers append(Target other) {
      if (!(other instanceof Numbers numbers)) {
        throw new IllegalArgumentException("expected rows with numbers as targets");
      }
      double[] joined = Arrays.copyOf(values, values.length + numbers.values.length);
      System.arraycopy(numbers.values, 0, joined, values.length, numbers.values.length);
      return new Numbers(joined);
    }
  }
}
