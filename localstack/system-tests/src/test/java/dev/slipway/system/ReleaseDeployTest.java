package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.system.Commands.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code cdk deploy} with changed code never moves the alias: not while nothing is released, not
 * during a canary, not after a rollback. The controller does, by a release of the code.
 */
@SystemTest
@Order(5)
class ReleaseDeployTest {
  private static final String MODEL = LocalSystem.MODEL;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Longer than any deployment: the canary waits while somebody deploys. */
  private static final int LONG_BAKE_SECONDS = 600;

  private static final int SHORT_BAKE_SECONDS = 10;

  @Test
  void deploy_ofChangedCode_leavesTheAliasToReleases(LocalSystem system, @TempDir Path copy)
      throws IOException {
    ChangedDeployment deployment = new ChangedDeployment(system.commands(), copy);
    String before = system.liveVersion();
    String stable = system.aws().alias();
    String revision = system.aws().aliasRevision();
    long entries = system.releases().path("seq").asLong();

    try (Traffic traffic = Traffic.to(system.client())) {
      deployment.run("first", LONG_BAKE_SECONDS);
      boolean movedBeforeItsRelease =
          !system.aws().aliasRevision().equals(revision) && system.entriesAfter(entries).isEmpty();
      assertTrue(!movedBeforeItsRelease, "the deployment moved the alias");
      system.found("a canary", PATIENCE, () -> active(system, "CANARY(1)"));

      String inCanary = system.aws().aliasRevision();
      deployment.run("second", SHORT_BAKE_SECONDS);
      assertEquals(inCanary, system.aws().aliasRevision(), "a deployment wrote during the canary");
      assertEquals("CANARY(1)", system.releases().path("active").path("state").asText());

      // Paused, so that what is deployed next does not begin a release of its own at once.
      ask(system, "pause");
      ask(system, "rollback");
      system.found("the way back", PATIENCE, () -> ended(system, entries, "ROLLED_BACK"));
      assertEquals(stable, system.aws().alias());

      String afterRollback = system.aws().aliasRevision();
      deployment.run("third", SHORT_BAKE_SECONDS);
      assertEquals(
          afterRollback, system.aws().aliasRevision(), "a deployment wrote after the rollback");
      ask(system, "resume");
      JsonNode release =
          system.found(
              "a release of the code", PATIENCE, () -> ended(system, entries, "COMPLETED"));
      assertEquals("CODE", release.path("kind").asText(), release.toString());
      assertNotEquals(before, system.liveVersion());
      assertNotEquals(stable, system.aws().alias());
      assertTrue(before.endsWith(system.liveVersion().replaceFirst("^[0-9]+", "")), "same bundle");
      traffic.mustHaveBeenAnswered();
    }
    assertEquals(200, system.client().infer().status());
  }

  private static void ask(LocalSystem system, String command) {
    Ended ended = system.commands().slipway(command, MODEL, "--reason", "a test of deployments");
    assertEquals(0, ended.code(), ended::told);
  }

  private static Optional<JsonNode> active(LocalSystem system, String state) {
    return Optional.of(system.releases().path("active"))
        .filter(release -> release.path("state").asText().equals(state));
  }

  private static Optional<JsonNode> ended(LocalSystem system, long after, String state) {
    JsonNode releases = system.releases();
    JsonNode last = releases.path("last");
    boolean over = releases.path("seq").asLong() > after && releases.path("active").isMissingNode();
    return over && last.path("state").asText().equals(state) ? Optional.of(last) : Optional.empty();
  }
}
