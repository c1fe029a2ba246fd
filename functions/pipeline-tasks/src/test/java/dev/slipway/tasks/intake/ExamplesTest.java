package dev.slipway.tasks.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.dataset.Dataset;
import dev.slipway.dataset.DatasetColumn;
import dev.slipway.dataset.DatasetReader;
import dev.slipway.dataset.DatasetTarget;
import dev.slipway.spec.DatasetSettings;
import dev.slipway.spec.ModelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example's model.yaml can be read, and its data passes the check. */
final class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("slipway.root", "../.."), "model-tools", "examples");

  static List<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void check_ofAnExample_findsNothingWrong(Path folder) throws IOException {
    ModelSpec spec = ModelSpec.fromYaml(folder.resolve("model.yaml"));

    try (InputStream data = Files.newInputStream(data(folder))) {
      assertEquals(List.of(), EarlyCheck.table(data, spec, "key").reasons());
    }
    assertEquals(folder.getFileName().toString(), spec.name());
  }

  @Test
  void examples_areTheOnesOfTheReadme() throws IOException {
    assertEquals(
        List.of("breast-cancer", "digits"),
        examples().stream().map(folder -> folder.getFileName().toString()).toList());
  }

  @Test
  void breastCancer_has569RowsAndDropsThePatient() throws Exception {
    Dataset dataset = read("breast-cancer");

    assertEquals(569, dataset.rows());
    assertEquals(30, dataset.numbers().size());
    assertEquals(
        List.of("benign", "malignant"), ((DatasetTarget.Labels) dataset.target()).classes());
    DatasetColumn patient = dataset.columns().getFirst();
    assertEquals("patient_id", patient.name());
    assertEquals(DatasetColumn.Use.IGNORED, patient.use());
  }

  @Test
  void digits_has1797RowsOfTenClasses() throws Exception {
    Dataset dataset = read("digits");

    assertEquals(1797, dataset.rows());
    assertEquals(10, ((DatasetTarget.Labels) dataset.target()).classes().size());
    assertFalse(dataset.numbers().isEmpty());
    assertTrue(dataset.numbers().size() <= 64);
  }

  private static Dataset read(String example) throws Exception {
    Path folder = EXAMPLES.resolve(example);
    ModelSpec spec = ModelSpec.fromYaml(folder.resolve("model.yaml"));
    return DatasetReader.read(data(folder), DatasetSettings.of(spec, "key"));
  }

  private static Path data(Path folder) {
    return folder.resolve(folder.getFileName() + ".csv");
  }
}
