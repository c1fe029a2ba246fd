package dev.slipway.dataset;

import dev.slipway.dataset.DataSettings.ColumnSetting;
import dev.slipway.dataset.DataSettings.Privacy;
import dev.slipway.dataset.DatasetColumn.Use;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Understands a table: types, roles, personal columns, target. Reports every problem at once. */
public final class DatasetReader {
  /** With fewer rows a test part of a tenth says nothing. */
  static final int LEAST_ROWS = 20;

  private DatasetReader() {}

  /** Reads a file within the default limits. */
  public static Dataset read(Path file, DataSettings settings)
      throws IOException, DatasetException {
    return read(TableReader.read(file, ReadLimits.defaults()), settings);
  }

  /**
   * Understands a table.
   *
   * @throws DatasetException naming every problem with its row and column
   */
  public static Dataset read(Table table, DataSettings settings) throws DatasetException {
    Problems problems = new Problems(table::line);
    checkColumns(table, settings, problems);
    int targetIndex = table.indexOf(settings.target());
    if (targetIndex < 0) {
      problems.check();
    }
    if (table.rows().size() < LEAST_ROWS) {
      problems.add(
          DatasetProblem.file(
              "DATASET_TOO_FEW_ROWS",
              "expected at least %d rows, found %d; add rows"
                  .formatted(LEAST_ROWS, table.rows().size())));
    }
    Dataset dataset = build(table, settings, targetIndex, problems);
    if (dataset.numbers().isEmpty() && dataset.categories().isEmpty()) {
      problems.add(
          DatasetProblem.file(
              "DATASET_NO_FEATURES", "no column is left to predict from: " + dataset.lines()));
    }
    problems.check();
    return dataset;
  }

  private static void checkColumns(Table table, DataSettings settings, Problems problems) {
    if (table.indexOf(settings.target()) < 0) {
      problems.add(
          DatasetProblem.file(
              "DATASET_TARGET_MISSING",
              "expected the target column \"%s\", found %s; name the target in model.yaml or add the column"
                  .formatted(settings.target(), some(table.header(), settings))));
    }
    int personal = 0;
    for (String name : new TreeSet<>(settings.columns().keySet())) {
      if (table.indexOf(name) >= 0) {
        continue;
      }
      if (settings.column(name).privacy() == Privacy.DROP) {
        personal++;
        continue;
      }
      problems.add(
          DatasetProblem.column(
              "DATASET_COLUMN_MISSING",
              name,
              "model.yaml names it, the file has %s".formatted(some(table.header(), settings))));
    }
    if (personal > 0) {
      problems.add(
          DatasetProblem.file(
              "DATASET_COLUMN_MISSING",
              "model.yaml drops %d personal %s (pii) that the file does not have under that name, the file has %s"
                  .formatted(
                      personal,
                      personal == 1 ? "column" : "columns",
                      some(table.header(), settings))));
    }
  }

  /** Names of personal columns are left out, because refusals are stored. */
  private static String some(List<String> header, DataSettings settings) {
    List<String> names =
        header.stream().filter(name -> settings.column(name).privacy() != Privacy.DROP).toList();
    int most = 12;
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  private static Dataset build(
      Table table, DataSettings settings, int targetIndex, Problems problems) {
    Privatizer privatizer = new Privatizer(settings.hashKey());
    List<DatasetColumn> columns = new ArrayList<>();
    List<double[]> numbers = new ArrayList<>();
    List<List<String>> words = new ArrayList<>();
    for (int index = 0; index < table.header().size(); index++) {
      String name = table.header().get(index);
      if (index == targetIndex) {
        columns.add(targetColumn(name));
        continue;
      }
      ColumnSetting setting = settings.column(name);
      List<String> cells = cells(table, index, setting.privacy(), privatizer);
      ColumnReader.Read read = new ColumnReader(name, setting, cells, problems).read();
      columns.add(read.column());
      if (read.column().use() == Use.NUMBER) {
        numbers.add(read.numbers());
      } else if (read.column().use() == Use.CATEGORY) {
        words.add(read.words());
      }
    }
    List<String> targetCells = cells(table, targetIndex, Privacy.NONE, privatizer);
    TargetReader target = new TargetReader(settings.target(), targetCells, problems);
    return new Dataset(
        columns,
        numbers.toArray(double[][]::new),
        words,
        settings.classes() ? target.labels() : target.values());
  }

  private static DatasetColumn targetColumn(String name) {
    return new DatasetColumn(name, Use.TARGET, Privacy.NONE, Optional.empty(), List.of(), 0, "");
  }

  private static List<String> cells(
      Table table, int index, Privacy privacy, Privatizer privatizer) {
    return table.rows().stream()
        .map(row -> privatizer.replace(row.get(index).strip(), privacy))
        .toList();
  }
}
