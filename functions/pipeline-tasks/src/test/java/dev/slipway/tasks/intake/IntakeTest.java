package dev.slipway.tasks.intake;

import static dev.slipway.tasks.intake.IntakeFixture.PIPELINES;
import static dev.slipway.tasks.intake.IntakeFixture.REGISTRY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.release.Reason;
import dev.slipway.tasks.intake.IntakeReply.Accepted;
import dev.slipway.tasks.intake.IntakeReply.Ignored;
import dev.slipway.tasks.intake.IntakeReply.Refused;
import dev.slipway.tasks.run.RunFiles;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.StepResult.Outcome;
import dev.slipway.tasks.run.StoredObject;
import dev.slipway.tasks.run.TaskException;
import dev.slipway.tasks.run.TaskJson;
import dev.slipway.tasks.testing.SmallTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IntakeTest {
  private static final byte[] ONNX = {8, 9, 18, 3, 'm', 'e', 'e', 58};

  private final IntakeFixture world = new IntakeFixture();

  @Test
  void accept_goodData_describesTheRunAndStartsThePipeline() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    RunFiles run = IntakeFixture.run(data, "pets");

    IntakeReply reply = world.accept(data);

    assertEquals(new Accepted("pets", run.runId(), true), reply);
    assertEquals(
        "{\"model\":\"pets\",\"runId\":\"%s\",\"run\":\"s3://%s/runs/pets/%s/run.json\",\"kind\":\"dataset\"}"
            .formatted(run.runId(), REGISTRY, run.runId()),
        world.machines.started().get(PIPELINES + "pets:" + run.runId()));
    JsonNode json = description(run);
    assertEquals("v1", json.path("source").path("versionId").asText());
    assertEquals("2026-01-01T00:00:01Z", json.path("source").path("lastModified").asText());
    assertEquals(data.size(), json.path("source").path("size").asLong());
    assertEquals("dataset", json.path("kind").asText());
    assertEquals(REGISTRY, json.path("registry").asText());
    assertEquals("kind", json.path("spec").path("data").path("target").asText());
    assertTrue(json.path("liveBundle").isMissingNode());
    assertEquals(Outcome.DONE, world.result(data, "pets").outcome());
    assertTrue(world.entries("pets").isEmpty());
  }

  @Test
  void accept_personalColumn_nothingOfItIsStored() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());

    world.accept(data);

    for (String place : world.objects.places()) {
      if (place.startsWith(REGISTRY)) {
        String text = world.objects.text(REGISTRY, place.substring(REGISTRY.length() + 1));
        assertFalse(text.contains("P-10"), place);
      }
    }
  }

  @Test
  void accept_sameEventThreeTimes_startsOneRun() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());

    List<IntakeReply> replies = List.of(world.accept(data), world.accept(data), world.accept(data));

    String run = IntakeFixture.run(data, "pets").runId();
    Accepted again = new Accepted("pets", run, false);
    assertEquals(List.of(new Accepted("pets", run, true), again, again), replies);
    assertEquals(1, world.machines.started().size());
    assertEquals(
        List.of(IntakeFixture.DATASETS + "/datasets/pets/pets.csv"), world.objects.opened());
  }

  @Test
  void logLine_ofARefusal_quotesNoValue() {
    StoredObject data =
        world.upload("datasets/pets/pets.csv", SmallTable.csv().replace("6.25", "secret"));

    String line = world.accept(data).logLine();

    assertTrue(line.endsWith("codes=[DATASET_VALUE_TYPE]"), line);
    assertFalse(line.contains("secret"), line);
  }

  @Test
  void accept_twoVersionsOfOneKey_startsTwoRuns() {
    world.accept(world.upload("datasets/pets/pets.csv", SmallTable.bytes()));
    world.accept(world.upload("datasets/pets/pets.csv", SmallTable.bytes()));

    assertEquals(2, world.machines.started().size());
  }

  @Test
  void accept_olderVersionThanTheNewest_readsThatVersion() {
    StoredObject bad = world.upload("datasets/pets/pets.csv", "");
    world.upload("datasets/pets/pets.csv", SmallTable.bytes());

    assertInstanceOf(Refused.class, world.accept(bad));
  }

  @Test
  void accept_badData_writesLedgerAndResultAndStartsNothing() {
    StoredObject data =
        world.upload("datasets/pets/pets.csv", SmallTable.csv().replace("6.25", "six"));

    IntakeReply reply = world.accept(data);

    Refused refused = assertInstanceOf(Refused.class, reply);
    assertEquals("DATASET_VALUE_TYPE", refused.reasons().getFirst().code());
    assertTrue(
        refused.reasons().getFirst().message().contains("row 12 (line 13), column \"length\""),
        refused.reasons()::toString);
    assertTrue(world.machines.started().isEmpty());
    assertEquals(1, world.entries("pets").size());
    StepResult result = world.result(data, "pets");
    assertEquals(Outcome.REFUSED, result.outcome());
    assertEquals(refused.reasons(), result.reasons());
    assertTrue(
        world.objects.read(REGISTRY, IntakeFixture.run(data, "pets").description()).isEmpty());
  }

  @Test
  void accept_badDataTwice_writesOneLedgerEntry() {
    StoredObject data = world.upload("datasets/pets/pets.csv", "a,b\n");

    assertEquals(world.accept(data), world.accept(data));

    assertEquals(1, world.entries("pets").size());
  }

  @Test
  void accept_refusedButResultNotWritten_writesTheResultOnly() {
    StoredObject data = world.upload("datasets/pets/pets.csv", "a,b\n");
    world.accept(data);
    IntakeFixture other = new IntakeFixture();
    StoredObject same = other.upload("datasets/pets/pets.csv", "a,b\n");
    new dev.slipway.tasks.run.RunLedger(other.ledger, "intake")
        .refuse(
            IntakeFixture.run(same, "pets"),
            world.result(data, "pets").reasons(),
            new dev.slipway.release.DatasetSequence(same.lastModified(), same.versionId()));

    other.accept(same);

    assertEquals(1, other.entries("pets").size());
    assertEquals(Outcome.REFUSED, other.result(same, "pets").outcome());
  }

  @Test
  void accept_stepFunctionsSilent_throwsAndTheNextEventStarts() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    world.machines.fail(1);

    assertThrows(TaskException.class, () -> world.accept(data));
    IntakeReply reply = world.accept(data);

    assertEquals(new Accepted("pets", IntakeFixture.run(data, "pets").runId(), true), reply);
  }

  @Test
  void accept_runThatEndedLongAgo_startsNothing() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    ended(data, Outcome.DONE);

    IntakeReply reply = world.accept(data);

    assertEquals(new Accepted("pets", IntakeFixture.run(data, "pets").runId(), false), reply);
    assertTrue(world.machines.started().isEmpty());
  }

  @Test
  void accept_runThatBroke_goesAgain() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    ended(data, Outcome.FAILED);

    world.accept(data);

    assertEquals(1, world.machines.started().size());
  }

  @Test
  void accept_runThatBrokeAfterItsSpecificationChanged_goesAgainOnceByThatOfNow() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    RunFiles run = IntakeFixture.run(data, "pets");
    world.accept(data);
    ended(data, Outcome.FAILED);
    changeSeed();

    List<IntakeReply> replies = List.of(world.accept(data), world.accept(data));

    assertEquals(
        List.of(new Accepted("pets", run.runId(), true), new Accepted("pets", run.runId(), false)),
        replies);
    assertEquals(2, world.machines.started().size());
    assertEquals(77, description(run).path("spec").path("training").path("seed").asInt());
    assertEquals(
        "started again with the specification of now; it has changed since",
        world.result(data, "pets").facts().path("again").asText());
  }

  @Test
  void accept_runUnderWayAfterItsSpecificationChanged_keepsItsDescription() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    RunFiles run = IntakeFixture.run(data, "pets");
    world.accept(data);
    String before = world.objects.text(REGISTRY, run.description());
    changeSeed();

    world.accept(data);

    assertEquals(before, world.objects.text(REGISTRY, run.description()));
  }

  @Test
  void accept_runThatARestartInterrupted_goesByTheSpecificationOfNow() {
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    RunFiles run = IntakeFixture.run(data, "pets");
    world.accept(data);
    changeSeed();

    world.intake.accept(
        new DatasetEvent(data.bucket(), data.key(), Optional.of(data.versionId()), true));

    assertEquals(77, description(run).path("spec").path("training").path("seed").asInt());
  }

  private void changeSeed() {
    world.specs.put(
        "pets",
        IntakeFixture.spec(
            """
            name: pets
            task: classification
            data: {target: kind, columns: {person: {pii: drop}}}
            training: {seed: 77}
            """));
  }

  @Test
  void accept_unknownModel_saysSoAndStops() {
    StoredObject data = world.upload("datasets/birds/birds.csv", SmallTable.bytes());

    Ignored ignored = assertInstanceOf(Ignored.class, world.accept(data));

    assertEquals("MODEL_UNKNOWN", ignored.code());
    assertTrue(ignored.message().contains("birds"), ignored.message());
  }

  @Test
  void accept_otherBucket_isIgnored() {
    StoredObject data =
        world.objects.write("elsewhere", "datasets/pets/pets.csv", SmallTable.bytes());

    assertEquals("EVENT_FOREIGN", ((Ignored) world.accept(data)).code());
  }

  @Test
  void accept_keysThatAreNoDatasets_areIgnored() {
    for (String key :
        List.of("datasets/pets/", "datasets/x.csv", "datasets/pets/a/b.csv", "datasets/../x.csv")) {
      StoredObject object = world.upload(key, SmallTable.bytes());
      assertEquals("KEY_UNEXPECTED", ((Ignored) world.accept(object)).code(), key);
    }
  }

  @Test
  void accept_versionThatIsGone_isIgnored() {
    world.upload("datasets/pets/pets.csv", SmallTable.bytes());

    IntakeReply reply =
        world.intake.accept(
            new DatasetEvent(
                IntakeFixture.DATASETS, "datasets/pets/pets.csv", Optional.of("v7"), false));

    assertEquals("OBJECT_GONE", ((Ignored) reply).code());
  }

  @Test
  void accept_encodedKeyInTheEvent_findsTheObject() {
    StoredObject data = world.upload("datasets/pets/my pets+1.csv", SmallTable.bytes());

    IntakeReply reply =
        world.intake.accept(
            new DatasetEvent(
                data.bucket(),
                "datasets/pets/my%20pets+1.csv",
                Optional.of(data.versionId()),
                false));

    assertEquals(new Accepted("pets", IntakeFixture.run(data, "pets").runId(), true), reply);
  }

  @Test
  void accept_onnxModel_startsARunOfThatKind() {
    world.upload("datasets/finished/model.golden.json", "{}");
    StoredObject model = world.upload("datasets/finished/model.onnx", ONNX);

    world.accept(model);

    RunFiles run = IntakeFixture.run(model, "finished");
    assertEquals("onnx", description(run).path("kind").asText());
    assertTrue(
        world.machines.started().values().stream()
            .allMatch(input -> input.contains("\"kind\":\"onnx\"")));
  }

  @Test
  void accept_pickleNamedOnnx_isRefused() {
    StoredObject model =
        world.upload("datasets/finished/model.onnx", new byte[] {-128, 4, 1, 2, 3, 4, 5, 6});

    Refused refused = assertInstanceOf(Refused.class, world.accept(model));

    assertEquals("ONNX_NOT_ONNX", refused.reasons().getFirst().code());
  }

  @Test
  void accept_onnxModel_describesTheVersionsOfTheFilesBesideIt() {
    world.upload("datasets/finished/model.golden.json", "{}");
    world.upload("datasets/finished/model.golden.json", "{ }");
    world.upload("datasets/finished/model.calibration.csv", "a\n1\n");
    world.upload("datasets/finished/other.golden.json", "{}");
    StoredObject model = world.upload("datasets/finished/model.onnx", ONNX);

    world.accept(model);
    world.upload("datasets/finished/model.golden.json", "{  }");
    world.accept(model);

    JsonNode beside = description(IntakeFixture.run(model, "finished")).path("beside");
    assertEquals(2, beside.size(), beside.toString());
    assertEquals("v2", beside.path("golden").path("versionId").asText());
    assertEquals("datasets/finished/model.golden.json", beside.path("golden").path("key").asText());
    assertEquals("v1", beside.path("calibration").path("versionId").asText());
    assertEquals(1, world.machines.started().size());
  }

  @Test
  void accept_onnxModelOfWhichNothingIsKnown_isRefused() {
    StoredObject model = world.upload("datasets/finished/model.onnx", ONNX);

    assertEquals(List.of("UPLOAD_UNDESCRIBED"), codes(world.accept(model)));
    assertTrue(world.machines.started().isEmpty());
    assertEquals(1, world.entries("finished").size());
  }

  @Test
  void accept_onnxModelWithDescribedInputs_needsNothingBesideIt() {
    world.specs.put(
        "finished",
        IntakeFixture.spec(
            """
            name: finished
            task: regression
            training: {trainer: onnx}
            model: {inputs: [{name: x, datatype: FP32, shape: [-1, 3]}]}
            """));
    StoredObject model = world.upload("datasets/finished/model.onnx", ONNX);

    assertInstanceOf(Accepted.class, world.accept(model));
    JsonNode run = description(IntakeFixture.run(model, "finished"));
    assertTrue(run.path("beside").isMissingNode());
  }

  @Test
  void accept_onnxModelWithoutAFileThatModelYamlNames_isRefused() {
    world.specs.put("finished", named("rows.csv"));
    world.upload("datasets/finished/model.golden.json", "{}");
    StoredObject model = world.upload("datasets/finished/model.onnx", ONNX);

    assertEquals(List.of("UPLOAD_FILE_MISSING"), codes(world.accept(model)));
  }

  @Test
  void accept_filesBesideAModel_areIgnored() {
    world.specs.put("finished", named("rows.csv"));
    for (String place :
        List.of(
            "finished/model.golden.json",
            "finished/model.calibration.csv",
            "finished/rows.csv",
            "pets/pets.golden.json")) {
      StoredObject file = world.upload("datasets/" + place, "{}");
      assertEquals("FILE_BESIDE_MODEL", ((Ignored) world.accept(file)).code(), place);
    }
    assertTrue(world.entries("finished").isEmpty() && world.entries("pets").isEmpty());
  }

  @Test
  void accept_anythingElseForAnUploadedModel_isRefusedUnopened() {
    StoredObject pickle = world.upload("datasets/finished/model.pkl", ONNX);

    assertEquals(List.of("UPLOAD_NOT_ONNX"), codes(world.accept(pickle)));
    assertTrue(world.objects.opened().isEmpty());
  }

  private static String named(String calibration) {
    return IntakeFixture.spec(
        """
        name: finished
        task: regression
        training: {trainer: onnx}
        model: {calibration: %s}
        """
            .formatted(calibration));
  }

  private static List<String> codes(IntakeReply reply) {
    return assertInstanceOf(Refused.class, reply).reasons().stream().map(Reason::code).toList();
  }

  @Test
  void accept_damagedSpecification_throwsForPeople() {
    world.specs.put("pets", "{\"name\":\"pets\"}");
    StoredObject data = world.upload("datasets/pets/pets.csv", SmallTable.bytes());

    TaskException failure = assertThrows(TaskException.class, () -> world.accept(data));

    assertTrue(String.valueOf(failure.getMessage()).startsWith("SPEC_INVALID: "));
  }

  private void ended(StoredObject data, Outcome outcome) {
    RunFiles run = IntakeFixture.run(data, "pets");
    StepResult result =
        new StepResult(
            "propose",
            outcome,
            List.of(),
            IntakeFixture.NOW,
            IntakeFixture.NOW,
            Optional.empty(),
            TaskJson.object());
    world.objects.write(REGISTRY, run.result("propose"), TaskJson.write(result.toJson()));
  }

  private JsonNode description(RunFiles run) {
    return TaskJson.read(world.objects.text(REGISTRY, run.description()), "run.json");
  }
}
