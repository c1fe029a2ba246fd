package dev.slipway.pipeline.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.Reason;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables as strangers bring them: each trains and is packed, or is refused with its rule. */
class OutsideDataTest {
  private static final RuntimeOptions RUNTIME = RuntimeOptions.of(System.getenv());

  @TempDir private Path folder;

  static Stream<Arguments> trains() {
    return Stream.of(
        classes("byte order mark", "\uFEFF" + rows("x,kind", row -> size(row) + "," + kind(row))),
        classes(
            "row numbers without a name",
            rows(",x,kind", row -> row + "," + size(row) + "," + kind(row))),
        numbers("prices as target", rows("x,kind", row -> row + ".5,$" + row)),
        numbers("decimal commas", rows("x;kind", row -> row + ",5;" + row + ",25")),
        classes("semicolons", rows("x;kind", row -> size(row) + ";" + kind(row))),
        classes("tabs", rows("x\tkind", row -> size(row) + "\t" + kind(row))),
        classes(
            "line breaks in quotes",
            rows("x,note,kind", row -> size(row) + ",\"a\r\nb " + row % 2 + "\"," + kind(row))),
        classes("one word as feature", rows("w,kind", row -> kind(row) + "," + kind(row))),
        classes("an empty column", rows("x,e,kind", row -> size(row) + ",," + kind(row))),
        classes("a constant column", rows("x,c,kind", row -> size(row) + ",7," + kind(row))),
        classes("a constant word", rows("x,c,kind", row -> size(row) + ",same," + kind(row))),
        classes(
            "names with spaces and signs",
            rows(
                "größe (cm),\"a, b\",😀,kind",
                row -> size(row) + "," + row % 3 + ",w" + row % 2 + "," + kind(row))),
        classes(
            "columns named as tensors",
            rows(
                "features,label,probabilities,value,mean,inner/Where_3,Where_2,kind",
                row ->
                    size(row) + ",l" + row % 2 + ",p" + row % 3 + ",v" + row % 2 + ",m" + row % 2
                        + ",i" + row % 2 + ",w" + row % 3 + "," + kind(row))),
        classes(
            "words only, one named features",
            rows("features,kind", row -> "f" + kind(row) + "," + kind(row))),
        numbers(
            "a word named prediction",
            rows(
                "prediction,x,kind",
                row -> "p" + row % 2 + "," + size(row) + "," + (row % 2 + size(row)))),
        classes(
            "200 classes",
            lines(
                "x,y,kind",
                1200,
                row -> "a" + row % 20 + ",b" + row % 200 / 20 + ",c" + row % 200)),
        classes("true and false", rows("x,kind", row -> size(row) + "," + (row % 2 == 0))),
        classes(
            "yes and no", rows("x,kind", row -> size(row) + "," + (row % 2 == 0 ? "yes" : "no"))),
        classes("0 and 1", rows("x,kind", row -> size(row) + "," + row % 2)),
        classes("0.0 and 1.0", rows("x,kind", row -> size(row) + "," + row % 2 + ".0")),
        classes(
            "dates, prices, names",
            rows(
                "d,p,n,x,kind",
                row ->
                    "2024-01-%02d,\"$1,%03d.50\",\"Doe, Mr. J%d\","
                            .formatted(row % 28 + 1, row, row)
                        + size(row)
                        + ","
                        + kind(row))),
        classes(
            "10,000 different words",
            lines("x,w,kind", 10_000, row -> size(row) + ",w" + row + "," + kind(row))),
        classes(
            "question marks for missing",
            rows(
                "x,w,kind",
                row ->
                    (row % 9 == 0 ? "?" : size(row))
                        + ","
                        + (row % 7 == 0 ? "?" : "w" + row % 3)
                        + ","
                        + kind(row))),
        classes(
            "NaN for missing",
            rows("x,kind", row -> (row % 9 == 0 ? "NaN" : size(row)) + "," + kind(row))),
        classes(
            "negative zero",
            rows(
                "x,z,kind",
                row -> size(row) + "," + (row % 3 == 0 ? "-0.0" : "0") + "," + kind(row))),
        classes(
            "close to the largest float",
            rows(
                "x,h,kind",
                row -> size(row) + "," + (row % 2 == 0 ? "3e38" : "-3e38") + "," + kind(row))),
        classes(
            "close to the smallest float",
            rows("x,t,kind", row -> size(row) + "," + (row % 3) + "e-300," + kind(row))),
        numbers(
            "outliers in the target",
            rows("x,kind", row -> size(row) + "," + (row == 50 ? 100 : 3 * size(row)))),
        numbers("a large target", rows("x,kind", row -> size(row) + "," + size(row) + "e30")),
        numbers("a small target", rows("x,kind", row -> size(row) + "," + size(row) + "e-20")),
        numbers(
            "words and numbers",
            rows(
                "w,x,kind", row -> "w" + row % 3 + "," + size(row) + "," + (row % 3 + size(row)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trains")
  void trainAndPack_ofATableAsStrangersBringIt_leavesABundleThatVerifies(
      String name, String task, String csv) throws IOException {
    OfflinePipeline pipeline = pipeline(task);

    pipeline.train(data(csv), Progress.silent());
    pipeline.pack("data.csv", Optional.empty(), Progress.silent());

    assertEquals(List.of(), OfflinePipeline.verify(pipeline.bundle(), RUNTIME), name);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refusal("two rows", "classification", "x,kind\n1,a\n2,b\n", "DATASET_TOO_FEW_ROWS", "20"),
        refusal(
            "a name twice after trimming",
            "classification",
            rows("x, x ,kind", row -> "1,2," + kind(row)),
            "DATASET_COLUMN_TWICE",
            "\"x\""),
        refusal(
            "a column without a name",
            "classification",
            rows("x,,kind", row -> size(row) + "," + row % 3 + "," + kind(row)),
            "DATASET_COLUMN_UNNAMED",
            "column 2"),
        refusal(
            "infinity",
            "classification",
            rows("x,kind", row -> (row == 11 ? "inf" : size(row)) + "," + kind(row)),
            "DATASET_VALUE_TYPE",
            "row 12 (line 13), column \"x\""),
        refusal(
            "more than a float holds",
            "classification",
            rows("x,kind", row -> (row == 11 ? "1e308" : size(row)) + "," + kind(row)),
            "DATASET_VALUE_TYPE",
            "row 12 (line 13), column \"x\""),
        refusal(
            "a target in thousands, or in thousandths",
            "regression",
            rows("x;kind", row -> size(row) + ";1," + (100 + row)),
            "DATASET_VALUE_TYPE",
            "write them with a decimal point"),
        refusal(
            "infinite target",
            "regression",
            rows("x,kind", row -> size(row) + "," + (row == 3 ? "-Infinity" : size(row))),
            "DATASET_VALUE_TYPE",
            "row 4 (line 5), column \"kind\""),
        refusal(
            "missing target",
            "classification",
            rows("x,kind", row -> size(row) + "," + (row == 3 ? "?" : kind(row))),
            "DATASET_TARGET_VALUE_MISSING",
            "row 4 (line 5), column \"kind\""),
        refusal(
            "a class of one row",
            "classification",
            rows("x,kind", row -> size(row) + "," + (row == 3 ? "rare" : kind(row))),
            "DATASET_CLASS_TOO_SMALL",
            "rare"),
        refusal(
            "a column in thousands, or in thousandths",
            "classification",
            rows("x;kind", row -> "1," + (100 + row) + ";" + kind(row)),
            "DATASET_NO_FEATURES",
            "decimal point"),
        refusal(
            "nothing but a constant",
            "classification",
            rows("x,kind", row -> "1," + kind(row)),
            "DATASET_NO_FEATURES",
            "same value"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void train_ofATableThatCannotBeLearned_isRefusedWithPlaceAndRule(
      String name, String task, String csv, String code, String place) throws IOException {
    Path data = data(csv);

    PipelineRefusal refusal =
        assertThrows(
            PipelineRefusal.class, () -> pipeline(task).train(data, Progress.silent()), name);

    assertTrue(
        refusal.reasons().stream().map(Reason::code).anyMatch(code::equals), refusal::toString);
    assertTrue(refusal.toString().contains(place), refusal::toString);
  }

  private static Arguments classes(String name, String csv) {
    return Arguments.of(name, "classification", csv);
  }

  private static Arguments numbers(String name, String csv) {
    return Arguments.of(name, "regression", csv);
  }

  private static Arguments refusal(
      String name, String task, String csv, String code, String place) {
    return Arguments.of(name, task, csv, code, place);
  }

  private static String rows(String header, IntFunction<String> row) {
    return lines(header, 200, row);
  }

  private static String lines(String header, int count, IntFunction<String> row) {
    return IntStream.range(0, count)
        .mapToObj(row)
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  /** A number by which the two kinds can mostly be told apart. */
  private static double size(int row) {
    return Math.rint(1000 * (row % 2 * 3 + new Random(row).nextGaussian())) / 1000;
  }

  private static String kind(int row) {
    return row % 2 == 0 ? "rose" : "tulip";
  }

  private OfflinePipeline pipeline(String task) throws IOException {
    String yaml =
        "name: strange\ntask: %s\ndata: {target: kind}\ntraining: {trainer: linear}\n"
            .formatted(task);
    return new OfflinePipeline(
        ModelSpec.fromYaml(yaml, "model.yaml"),
        SplitKey.in(folder.resolve("out")),
        folder.resolve("cache"),
        RUNTIME);
  }

  private Path data(String csv) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), csv);
  }
}
