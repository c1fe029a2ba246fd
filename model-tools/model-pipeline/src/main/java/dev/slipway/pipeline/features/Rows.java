package dev.slipway.pipeline.features;

import dev.slipway.dataset.Dataset;
import dev.slipway.dataset.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in the form in which requests bring them: numbers, words and the right answer. Immutable.
 */
public final class Rows {
  private final double[][] numbers;
  private final List<List<String>> categories;
  private final List<String> answers;

  private Rows(double[][] numbers, List<List<String>> categories, List<String> answers) {
    this.numbers = numbers;
    this.categories = categories;
    this.answers = answers;
  }

  /** {@return the named rows of a dataset} */
  public static Rows of(Dataset dataset, int[] rows) {
    double[][] numbers = new double[rows.length][dataset.numbers().size()];
    List<List<String>> categories = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int to = 0; to < rows.length; to++) {
      List<String> words = new ArrayList<>();
      for (int feature = 0; feature < dataset.numbers().size(); feature++) {
        numbers[to][feature] = dataset.number(rows[to], feature);
      }
      for (int feature = 0; feature < dataset.categories().size(); feature++) {
        words.add(dataset.category(rows[to], feature));
      }
      categories.add(List.copyOf(words));
      answers.add(dataset.target().text(rows[to]));
    }
    return new Rows(numbers, List.copyOf(categories), List.copyOf(answers));
  }

  /** {@return the rows of a de-identified table that training wrote} */
  public static Rows of(Table table, ModelSchema schema) {
    int[] numberAt =
        schema.numbers().stream().mapToInt(feature -> table.indexOf(feature.name())).toArray();
    int[] categoryAt =
        schema.categories().stream().mapToInt(feature -> table.indexOf(feature.name())).toArray();
    int targetAt = table.indexOf(schema.target());
    double[][] numbers = new double[table.rows().size()][numberAt.length];
    List<List<String>> categories = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int row = 0; row < numbers.length; row++) {
      List<String> cells = table.rows().get(row);
      for (int feature = 0; feature < numberAt.length; feature++) {
        String cell = cells.get(numberAt[feature]);
        numbers[row][feature] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
      }
      List<String> words = new ArrayList<>();
      for (int at : categoryAt) {
        words.add(cells.get(at));
      }
      categories.add(List.copyOf(words));
      answers.add(cells.get(targetAt));
    }
    return new Rows(numbers, List.copyOf(categories), List.copyOf(answers));
  }

  /** {@return how many rows} */
  public int size() {
    return answers.size();
  }

  /** {@return a number; NaN where it is missing} */
  public double number(int row, int feature) {
    return numbers[row][feature];
  }

  /** {@return a word; empty where it is missing} */
  public String word(int row, int feature) {
    return categories.get(row).get(feature);
  }

  /** {@return the right answer as text} */
  public String answer(int row) {
    return answers.get(row);
  }

  /** {@return at most {@code count} rows from {@code first} on} */
  public Rows part(int first, int count) {
    int end = Math.min(size(), first + count);
    return new Rows(
        java.util.Arrays.copyOfRange(numbers, first, end),
        categories.subList(first, end),
        answers.subList(first, end));
  }
}
