package dev.slipway.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that need no AWS, as a person types them. */
class OfflineCommandsTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeModel() throws IOException {
    StringBuilder csv = new StringBuilder("x,colour,kind\n");
    Random random = new Random(3);
    for (int row = 0; row < 200; row++) {
      csv.append(random.nextGaussian() + row % 2 * 4).append(row % 3 == 0 ? ",red," : ",blue,");
      csv.append(row % 2 == 0 ? "rose\n" : "tulip\n");
    }
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("model/data.csv"), csv);
    Files.writeString(
        folder.resolve("model/model.yaml"),
        """
        name: flowers
        task: classification
        data: {target: kind}
        training: {trainer: linear}
        """);
  }

  @Test
  void datasetToVerify_onAFolder_answerWithJsonAndLeaveABundle() throws IOException {
    String model = folder.resolve("model").toString();
    String exported = folder.resolve("float.onnx").toString();

    assertEquals(200, json("dataset", model, "--json").path("rows").asInt());
    assertEquals("linear", json("train", model, "--json").path("trainer").asText());
    assertEquals(exported, json("export", model, exported, "--json").path("file").asText());
    assertTrue(Files.size(Path.of(exported)) > 0);
    assertEquals("roc_auc", json("evaluate", model, "--json").path("metric").asText());
    JsonNode packed = json("pack", model, "--json");
    assertEquals(64, packed.path("digest").asText().length());
    String bundle = packed.path("bundle").asText();
    assertEquals(0, json("verify", bundle, "--json").path("problems").size());

    Files.writeString(Path.of(bundle, "golden.json"), "{}");
    refused("BUNDLE_BROKEN", "verify", bundle);
  }

  @Test
  void dataset_ofBadData_isRefusedAndLeavesNothing() throws IOException {
    Path data = folder.resolve("model/data.csv");
    Files.writeString(data, Files.readString(data).replaceFirst("\n[^,]*,", "\nsix,"));

    refused("DATASET_VALUE_TYPE", "dataset", folder.resolve("model").toString());

    assertFalse(Files.exists(folder.resolve("home/models/flowers")));
  }

  @Test
  void train_ofBadDataAfterGoodData_keepsTheEarlierModel() throws IOException {
    String model = folder.resolve("model").toString();
    json("train", model, "--json");
    Path trained = folder.resolve("home/models/flowers/train/model-float.onnx");
    byte[] first = Files.readAllBytes(trained);
    Path data = folder.resolve("model/data.csv");
    Files.writeString(data, Files.readString(data).replace("tulip", "rose"));

    refused("DATASET_ONE_CLASS", "train", model);

    assertArrayEquals(first, Files.readAllBytes(trained));
    assertFalse(Files.exists(folder.resolve("home/models/flowers/train.unfinished")));
    assertEquals(0, run("pack", model));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "101"})
  void evaluate_overTooManyOrTooFewSeeds_isWrongUsage(String seeds) {
    assertEquals(2, run("evaluate", folder.resolve("model").toString(), "--seeds", seeds));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("expected 1 to 100"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "pack"})
  void command_beforeTraining_saysHowToTrain(String command) {
    refused("NOT_TRAINED", command, folder.resolve("model").toString());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("./slipway train"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dataset", "train", "evaluate", "pack"})
  void command_onAFolderWithoutAModel_isRefused(String command) {
    refused("MODEL_FOLDER_INCOMPLETE", command, folder.resolve("none").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dataset", "train", "export", "quantize", "evaluate", "pack", "verify", "invoke"})
  void help_ofACommand_showsUsageAndOptions(String command) {
    assertEquals(0, run(command, "--help"));
    String help = out.toString(StandardCharsets.UTF_8);
    assertTrue(help.contains("Usage: ./slipway " + command), help);
    assertTrue(help.contains("--json"), help);
    assertTrue(help.contains("  ./slipway " + command + " "), "an example: " + help);
    assertTrue(help.contains("Exit codes: 0 done"), help);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dataset", "train", "export", "quantize", "evaluate", "pack", "verify", "invoke"})
  void command_withoutArgumentsOrWithUnknownOnes_isWrongUsage(String command) {
    assertEquals(2, run(command));
    assertEquals(2, run(command, "--nonsense"));
  }

  private JsonNode json(String... arguments) throws IOException {
    assertEquals(0, run(arguments), () -> err.toString(StandardCharsets.UTF_8));
    return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
  }

  private void refused(String code, String... arguments) {
    assertEquals(1, run(arguments));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("slipway: " + code + ": "), said);
    assertFalse(said.contains("\tat "), said);
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return new CommandRunner(
            Map.of("SLIPWAY_HOME", folder.resolve("home").toString(), "CI", "1"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(arguments);
  }
}
