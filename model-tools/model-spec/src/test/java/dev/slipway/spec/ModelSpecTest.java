package dev.slipway.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSpecTest {
  private static final String FEWEST =
      """
      name: digits
      task: classification
      data:
        target: digit
      """;

  private static final String DESIGN =
      """
      name: breast-cancer
      task: classification
      data:
        target: diagnosis
        columns: {patient_id: {pii: drop}}
        split: {train: 0.7, validation: 0.2, test: 0.1, stratify: true}
      training:
        trainer: auto
        search: {method: bayesian, trials: 20}
        seed: 42
      package:
        quantize: static-int8
        gate: {metric: roc_auc, minimum: 0.95, maxDropFromFloat: 0.005, maxDropFromLive: 0.01}
      serving: {package: zip, memory: 1769, architecture: x86_64, latencyBudget: 250ms, auth: api-key}
      release: {steps: [10, 50], bake: 10m, regret: 24h, errorRate: {healthy: 0.01, bad: 0.05}}
      """;

  @Test
  void fromYaml_withFewestLines_fillsInDefaults() {
    ModelSpec spec = ModelSpec.fromYaml(FEWEST, "model.yaml");

    assertEquals("digits", spec.name());
    assertEquals(Optional.of("digit"), spec.data().target());
    assertEquals(TrainerKind.AUTO, spec.training().trainer());
    assertEquals(Duration.ofMinutes(10), spec.release().bake());
    assertEquals(1769, spec.serving().memory());
    assertTrue(spec.model().isEmpty());
  }

  @Test
  void fromYaml_withTheDesignsExample_readsEverySetting() {
    ModelSpec spec = ModelSpec.fromYaml(DESIGN, "model.yaml");

    assertEquals(Pii.DROP, spec.data().column("patient_id").pii());
    assertEquals(ColumnSpec.UNSPECIFIED, spec.data().column("mean_radius"));
    assertEquals(new SearchSpec(SearchMethod.BAYESIAN, 20), spec.training().search());
    assertEquals(Optional.of(Metric.ROC_AUC), spec.packaging().gate().metric());
    assertEquals(Duration.ofMillis(250), spec.serving().latencyBudget());
    assertEquals(List.of(10, 50), spec.release().steps());
  }

  @ParameterizedTest
  @ValueSource(strings = {FEWEST, DESIGN})
  void toJson_readAgain_givesTheSameSpecification(String yaml) {
    ModelSpec spec = ModelSpec.fromYaml(yaml, "model.yaml");

    ModelSpec again = ModelSpec.fromJson(spec.toJson());

    assertEquals(spec, again);
    assertEquals(spec.toJson(), again.toJson());
  }

  @Test
  void toJson_ofDefaults_isTheFrozenForm() {
    assertEquals(
        """
        {"name":"digits","task":"classification",\
        "data":{"target":"digit","columns":{},\
        "split":{"train":0.7,"validation":0.2,"test":0.1,"stratify":true}},\
        "training":{"trainer":"auto","search":{"method":"random","trials":8},"seed":42,\
        "device":"auto","maxEpochs":200,"patience":20,"classWeights":"balanced",\
        "timeout":"PT1H"},\
        "package":{"quantize":"auto","gate":{"maxDropFromFloat":0.01,"maxDropFromLive":0.02}},\
        "serving":{"package":"zip","memory":1769,"architecture":"x86_64",\
        "latencyBudget":"PT0.25S","timeout":"PT15S","auth":"api-key"},\
        "release":{"steps":[10,50],"bake":"PT10M","regret":"PT24H",\
        "errorRate":{"healthy":0.01,"bad":0.05},"tick":"PT10S","alarmPeriod":"PT10S",\
        "settle":"PT1M"}}\
        """,
        ModelSpec.fromYaml(FEWEST, "model.yaml").toJson(),
        "running stacks hold this form: a change breaks them until they are deployed again");
  }

  @Test
  void fromYaml_withFiveMistakes_reportsAllFiveWithTheirLines() {
    String yaml =
        """
        name: Breast_Cancer
        task: clasification
        data:
          target: diagnosis
        trainning: {seed: 1}
        serving: {memory: 64}
        release:
          bake: 10
        """;

    ModelSpecException refused = refusal(yaml);

    assertEquals(
        List.of(
            "1 name MODEL_YAML_BAD_VALUE",
            "2 task MODEL_YAML_BAD_VALUE",
            "5 trainning MODEL_YAML_UNKNOWN_KEY",
            "6 serving.memory MODEL_YAML_BAD_VALUE",
            "8 release.bake MODEL_YAML_BAD_VALUE"),
        refused.problems().stream()
            .map(problem -> problem.line() + " " + problem.path() + " " + problem.code())
            .toList());
    assertTrue(refused.getMessage().startsWith("MODEL_YAML_REFUSED: model.yaml has 5 problems:"));
    assertTrue(refused.getMessage().contains("did you mean 'training'?"), refused.getMessage());
  }

  @Test
  void fromYaml_withoutRequiredSettings_namesEachOfThem() {
    assertEquals(
        List.of("name", "task", "data.target"),
        refusal("training: {seed: 1}").problems().stream().map(Problem::path).toList());
  }

  @Test
  void fromYaml_withMisplacedKey_saysWhereItBelongs() {
    String message = refusal(FEWEST + "training: {trials: 3}\n").getMessage();

    assertTrue(message.contains("did you mean training.search.trials?"), message);
  }

  @Test
  void fromYaml_withDuplicateKey_namesBothLines() {
    Problem problem = only(refusal("name: first\n" + FEWEST));

    assertEquals("MODEL_YAML_DUPLICATE_KEY", problem.code());
    assertEquals(2, problem.line());
    assertTrue(problem.message().contains("line 1"), problem.message());
  }

  @Test
  void fromYaml_indentedWithTabs_saysSo() {
    Problem problem = only(refusal("name: a-model\ndata:\n\ttarget: x\n"));

    assertEquals("MODEL_YAML_SYNTAX", problem.code());
    assertEquals(3, problem.line());
    assertTrue(problem.message().contains("tab"), problem.message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"just words", "- a\n- b\n", "42", "null", "''"})
  void fromYaml_withoutMapping_isRefused(String yaml) {
    assertEquals("MODEL_YAML_BAD_VALUE", refusal(yaml).problems().getFirst().code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n", "# only a comment\n", "---\n...\n"})
  void fromYaml_withoutContent_isRefused(String yaml) {
    assertTrue(!refusal(yaml).problems().isEmpty());
  }

  @Test
  void fromYaml_withTwoDocuments_isRefused() {
    assertEquals("MODEL_YAML_SYNTAX", only(refusal(FEWEST + "---\nname: other\n")).code());
  }

  @Test
  void fromYaml_withAliases_isRefusedWithoutExpandingThem() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int level = 1; level < 40; level++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
    }

    ModelSpecException refused = refusal(FEWEST + bomb);

    assertTrue(refused.problems().stream().anyMatch(p -> p.code().equals("MODEL_YAML_ALIAS")));
    assertTrue(refused.problems().size() <= 50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void fromYaml_nestedWithoutEnd_isRefused(String opening) {
    assertTrue(!refusal("name: " + opening.repeat(10_000)).problems().isEmpty());
  }

  @Test
  void fromYaml_withHugeText_isRefusedUnread() {
    assertEquals("MODEL_YAML_TOO_LARGE", only(refusal("#".repeat(70_000))).code());
  }

  @Test
  void fromYaml_withLongNames_cutsThemInMessages() {
    String message = refusal(FEWEST + "k".repeat(5_000) + ": 1\n").getMessage();

    assertTrue(message.length() < 500, message);
  }

  @Test
  void fromYaml_file_isReadAsUtf8(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.yaml");
    Files.writeString(file, FEWEST.replace("digit\n", "größe\n"));

    assertEquals(Optional.of("größe"), ModelSpec.fromYaml(file).data().target());

    Files.write(file, FEWEST.getBytes(StandardCharsets.UTF_16));
    ModelSpecException refused =
        assertThrows(ModelSpecException.class, () -> ModelSpec.fromYaml(file));
    assertEquals("MODEL_YAML_ENCODING", only(refused).code());
  }

  @Test
  void fromYaml_missingFile_isRefusedWithItsPath(@TempDir Path folder) {
    Path file = folder.resolve("model.yaml");

    ModelSpecException refused =
        assertThrows(ModelSpecException.class, () -> ModelSpec.fromYaml(file));

    assertEquals("MODEL_YAML_NOT_FOUND", only(refused).code());
    assertTrue(refused.getMessage().contains(file.toString()));
  }

  @Test
  void fromYaml_ofRandomMutations_throwsNothingButTheRefusal() {
    Random random = new Random(20_260_101);
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      try {
        ModelSpec.fromYaml(mutate(DESIGN, random), "model.yaml");
      } catch (ModelSpecException e) {
        assertTrue(!e.problems().isEmpty());
        refused++;
      }
    }
    assertTrue(refused > 1_000, "mutations refused: " + refused);
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int change = random.nextInt(1, 5); change > 0; change--) {
      int at = random.nextInt(mutant.length());
      switch (random.nextInt(3)) {
        case 0 -> mutant.deleteCharAt(at);
        case 1 ->
            mutant.insert(at, "\t:{}[]&*!|>%@`'\"\u0000\uFEFFé#-?,\n".charAt(random.nextInt(24)));
        default -> mutant.insert(at, text, 0, random.nextInt(text.length()));
      }
    }
    return mutant.toString();
  }

  private static ModelSpecException refusal(String yaml) {
    return assertThrows(ModelSpecException.class, () -> ModelSpec.fromYaml(yaml, "model.yaml"));
  }

  private static Problem only(ModelSpecException refused) {
    assertEquals(1, refused.problems().size(), refused.getMessage());
    return refused.problems().getFirst();
  }
}
