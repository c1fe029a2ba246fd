package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.system.Aws.Upload;
import dev.slipway.system.Commands.Ended;
import dev.slipway.system.ModelClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the local AWS in the middle of a run or a release; of a job alone. */
@SystemTest
@Order(7)
class KilledTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int DIGEST_LENGTH = 12;
  private static final String QUEUE = "slipway-gpu";

  @Test
  void up_afterKillInTheMiddleOfARun_servesTheSameBundleAndRunsAgain(LocalSystem system)
      throws IOException {
    String served = digest(system.liveVersion());
    byte[] data = ExampleData.read(system.commands().root()).without(40);
    Upload upload = system.aws().upload("breast-cancer.csv", data);
    system.found("a job of package", PATIENCE, () -> working(system, upload, "package"));
    ProcessHandle killed = localStack(system.commands());
    Set<Long> children = killed.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    assertTrue(!children.isEmpty(), "LocalStack has started something");

    assertTrue(killed.destroyForcibly());
    killed.onExit().join();
    Ended up = system.commands().slipway("up");

    assertEquals(0, up.code(), up::told);
    Set<Long> left =
        children.stream()
            .filter(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
            .collect(Collectors.toSet());
    assertEquals(Set.of(), left, "processes of the killed LocalStack");
    assertTrue(up.told().contains(served), "up says that " + served + " is published again");
    assertEquals(List.of(upload.runId()), system.aws().executions(), "what was trained again");
    Reply reply = system.client().infer();
    assertEquals(200, reply.status(), reply.body());
    assertEquals(List.of("malignant", "benign"), UpTest.labels(reply.json()));
    assertEquals("DONE", system.status().path("run").path("outcome").asText());
  }

  @Test
  void trainingJob_killedAlone_isTriedAgainAndItsModelReleased(LocalSystem system)
      throws IOException {
    String served = digest(system.liveVersion());
    byte[] data = ExampleData.read(system.commands().root()).without(60);
    Upload upload = system.aws().upload("breast-cancer.csv", data);
    system.found("a job of train", PATIENCE, () -> working(system, upload, "train"));

    assertTrue(job(system.commands(), upload).destroyForcibly());

    system.found(
        "another version", PATIENCE, () -> live(system).filter(now -> !now.equals(served)));
    assertEquals("DONE", system.status().path("run").path("outcome").asText());
    assertEquals(List.of("SUCCEEDED"), system.aws().jobs(QUEUE, "train", upload));
    assertEquals(2, system.aws().attempts(QUEUE, "train", upload), "attempts of the job");
  }

  @Test
  void up_afterKillInTheMiddleOfARelease_servesTheOldAndThenReleasesTheNewWithoutTraining(
      LocalSystem system) throws IOException {
    String served = digest(system.liveVersion());
    byte[] data = ExampleData.read(system.commands().root()).without(50);
    Upload upload = system.aws().upload("breast-cancer.csv", data);
    system.found("a release in flight", PATIENCE, () -> releasing(system, upload));
    ProcessHandle killed = localStack(system.commands());

    assertTrue(killed.destroyForcibly());
    killed.onExit().join();
    Ended up = system.commands().slipway("up");

    assertEquals(0, up.code(), up::told);
    assertTrue(up.told().contains("bundle " + served + " is published again"), up::told);
    assertTrue(up.told().contains("proposed run " + upload.runId() + " again"), up::told);
    assertEquals(List.of(), system.aws().executions(), "what was trained again");
    assertNotEquals(served, digest(system.liveVersion()));
    Reply reply = system.client().infer();
    assertEquals(200, reply.status(), reply.body());
  }

  private static Optional<Boolean> releasing(LocalSystem system, Upload upload) {
    return system.aws().namesOfRun(upload.runId()).contains("propose-result.json")
        ? Optional.of(true)
        : Optional.empty();
  }

  private static Optional<Boolean> working(LocalSystem system, Upload upload, String step) {
    return system.aws().namesOfRun(upload.runId()).contains(step + "-progress.json")
        ? Optional.of(true)
        : Optional.empty();
  }

  /** {@return the digest of what serves, unless a release is under way} */
  private static Optional<String> live(LocalSystem system) {
    JsonNode status = system.status();
    return status.path("state").asText().equals("LIVE")
        ? Optional.of(digest(status.path("version").asText()))
        : Optional.empty();
  }

  private static ProcessHandle job(Commands commands, Upload upload) throws IOException {
    return localStack(commands)
        .descendants()
        .filter(process -> process.info().command().filter(KilledTest::isJava).isPresent())
        .filter(process ->
            Stream.of(process.info().arguments().orElse(new String[0]))
                .anyMatch(argument -> argument.contains(upload.runId())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no job of run " + upload.runId()));
  }

  private static boolean isJava(String command) {
    return command.endsWith("/java");
  }

  private static ProcessHandle localStack(Commands commands) throws IOException {
    Path file = commands.home().resolve("localstack/localstack.pid.json");
    long pid = new ObjectMapper().readTree(file.toFile()).path("pid").asLong();
    return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("no process " + pid));
  }

  private static String digest(String version) {
    return version.substring(version.length() - DIGEST_LENGTH);
  }
}
