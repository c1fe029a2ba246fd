package dev.slipway.pipeline.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bundle.BundleDirectory;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs of a run, on folders instead of S3, with everything else real. */
class JobRunnerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINEAR =
      """
      name: flowers
      task: classification
      data:
        target: kind
        columns: {owner: {pii: drop}}
      training: {trainer: linear}
      """;

  /**
   * The key decides which rows are test rows. A fresh one in each run would let one noise table in
   * forty look better than chance: the gate's interval is one of 95 %.
   */
  private static final String SPLIT_KEY = "5f".repeat(32);

  @TempDir private Path folder;

  @Test
  void trainAndPackage_ofGoodData_leaveABundle() throws IOException {
    FolderStore store = store(flowers(200), LINEAR);
    assertEquals(0, run(store, "train"));
    assertEquals(0, run(store, "package"));
    JsonNode result = result(store, "package");
    String digest = result.path("bundleDigest").asText();
    Path bundle = store.path("registry", "bundles/flowers/" + digest);
    assertTrue(Files.exists(bundle.resolve("layer.zip")));
    assertEquals(digest, BundleDirectory.verify(bundle, BundleDirectory.Scope.ALL).digest().hex());
    assertTrue(result.path("facts").path("value").asDouble() > 0.9, result.toString());
  }

  @Test
  void personalColumn_isInNoStoredObject() throws IOException {
    FolderStore store = store(flowers(200), LINEAR);
    run(store, "train");
    run(store, "package");
    try (var files = Files.walk(folder.resolve("registry"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("Zoe"), file.toString());
      }
    }
  }

  @Test
  void sameRunTwice_givesTheSameBundle() throws IOException {
    FolderStore store = store(flowers(200), LINEAR);
    run(store, "train");
    run(store, "package");
    String first = result(store, "package").path("bundleDigest").asText();
    run(store, "train");
    run(store, "package");
    assertEquals(first, result(store, "package").path("bundleDigest").asText());
  }

  @Test
  void train_onBadData_isRefusedWithEveryReason() throws IOException {
    FolderStore store =
        store(flowers(50).replaceFirst("\n[0-9.]+,", "\nmany,").replace("kind", "sort"), LINEAR);
    assertEquals(1, run(store, "train"));
    JsonNode result = result(store, "train");
    assertEquals("REFUSED", result.path("outcome").asText());
    assertEquals("DATASET_TARGET_MISSING", result.path("reasons").path(0).path("code").asText());
  }

  @Test
  void package_ofAModelWithoutSkill_isRefusedByTheGate() throws IOException {
    FolderStore store = store(noise(300), LINEAR);
    assertEquals(0, run(store, "train"));
    assertEquals(1, run(store, "package"));
    assertEquals(
        "GATE_TRIVIAL", result(store, "package").path("reasons").path(0).path("code").asText());
  }

  @Test
  void regression_withCategoriesAndGaps_leavesABundle() throws IOException {
    StringBuilder csv = new StringBuilder("size,town,price\n");
    Random random = new Random(3);
    for (int row = 0; row < 300; row++) {
      double size = 30 + 100 * random.nextDouble();
      boolean city = random.nextBoolean();
      csv.append(row % 17 == 0 ? "" : "%.2f".formatted(size))
          .append(city ? ",city," : ",village,")
          .append("%.1f%n".formatted(size * (city ? 4 : 2) + random.nextGaussian()));
    }
    FolderStore store =
        store(
            csv.toString(),
            "name: flowers\ntask: regression\ndata: {target: price}\ntraining: {trainer: linear}\n");
    assertEquals(0, run(store, "train"));
    assertEquals(0, run(store, "package"), result(store, "package").toString());
    assertTrue(result(store, "package").path("facts").path("value").asDouble() > 0.6);
  }

  private FolderStore store(String csv, String yaml) throws IOException {
    FolderStore store = new FolderStore(folder);
    store.write("datasets", "datasets/flowers/data.csv", csv.getBytes(StandardCharsets.UTF_8));
    store.write("registry", "keys/flowers.key", SPLIT_KEY.getBytes(StandardCharsets.UTF_8));
    String run =
        """
        {"formatVersion":1,"runId":"r1","model":"flowers","kind":"dataset","registry":"registry",
         "source":{"bucket":"datasets","key":"datasets/flowers/data.csv","versionId":"v1"},"spec":%s}
        """
            .formatted(ModelSpec.fromYaml(yaml, "model.yaml").toJson());
    store.write("registry", "runs/flowers/r1/run.json", run.getBytes(StandardCharsets.UTF_8));
    return store;
  }

  @Test
  void train_withANote_tellsItInProgressAndResult() throws IOException {
    FolderStore store = store(flowers(200), LINEAR);

    run(store, "train", Optional.of("no GPU machine"));

    assertEquals("no GPU machine", result(store, "train").path("facts").path("note").asText());
    byte[] progress = store.read("registry", "runs/flowers/r1/train-progress.json").orElseThrow();
    assertEquals("no GPU machine", JSON.readTree(progress).path("note").asText());
  }

  private int run(FolderStore store, String step) throws IOException {
    return run(store, step, Optional.empty());
  }

  private int run(FolderStore store, String step, Optional<String> note) throws IOException {
    JobContext context =
        new JobContext(
            store,
            Files.createTempDirectory(folder, step),
            folder.resolve("cache"),
            RuntimeOptions.of(System.getenv()),
            Clock.systemUTC());
    PrintStream log = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new JobRunner(context, log, note).run(step, "s3://registry/runs/flowers/r1/run.json");
  }

  private static JsonNode result(FolderStore store, String step) throws IOException {
    return JSON.readTree(
        store.read("registry", "runs/flowers/r1/" + step + "-result.json").orElseThrow());
  }

  private static String flowers(int rows) {
    StringBuilder csv = new StringBuilder("length,width,owner,kind\n");
    Random random = new Random(1);
    for (int row = 0; row < rows; row++) {
      boolean rose = row % 2 == 0;
      csv.append(
          "%.3f,%.3f,Zoe %d,%s%n"
              .formatted(
                  random.nextGaussian() + (rose ? 3 : 0),
                  random.nextGaussian(),
                  row,
                  rose ? "rose" : "tulip"));
    }
    return csv.toString();
  }

  private static String noise(int rows) {
    StringBuilder csv = new StringBuilder("length,width,owner,kind\n");
    Random random = new Random(2);
    for (int row = 0; row < rows; row++) {
      csv.append(
          "%.3f,%.3f,Zoe %d,%s%n"
              .formatted(
                  random.nextGaussian(),
                  random.nextGaussian(),
                  row,
                  random.nextBoolean() ? "rose" : "tulip"));
    }
    return csv.toString();
  }
}
