package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.system.Commands.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code cdk deploy} with changed code never moves the alias: the controller does, by a release.
 */
@SystemTest
@Order(5)
class RedeployTest {
  private static final String INFERENCE = "functions/inference/target/inference.zip";
  private static final List<String> UNCHANGED =
      List.of(
          "functions/fallback-responder/target/fallback-responder.zip",
          "functions/pipeline-tasks/target/pipeline-tasks.zip",
          "functions/release-control/target/release-control.zip");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Test
  void deploy_ofChangedCode_leavesTheAliasToARelease(LocalSystem system, @TempDir Path copy)
      throws IOException {
    String before = system.liveVersion();
    String alias = system.aws().alias();
    long entries = system.releases().path("seq").asLong();
    copyTree(system.commands().root(), copy);

    try (Traffic traffic = Traffic.to(system.client())) {
      Ended deployed = deploy(system.commands(), copy);
      assertEquals(0, deployed.code(), deployed::told);
      boolean movedBeforeItsRelease =
          !system.aws().alias().equals(alias) && system.entriesAfter(entries).isEmpty();
      JsonNode release =
          Await.found("a release of the code", PATIENCE, () -> completed(system, entries));

      assertTrue(!movedBeforeItsRelease, "the deployment moved the alias");
      assertEquals("CODE", release.path("kind").asText(), release.toString());
      assertNotEquals(before, system.liveVersion());
      assertNotEquals(alias, system.aws().alias());
      assertTrue(before.endsWith(system.liveVersion().replaceFirst("^[0-9]+", "")), "same bundle");
      traffic.mustHaveBeenAnswered();
    }
    assertEquals(200, system.client().infer().status());
  }

  private static Optional<JsonNode> completed(LocalSystem system, long after) {
    JsonNode releases = system.releases();
    JsonNode last = releases.path("last");
    boolean over = releases.path("seq").asLong() > after && releases.path("active").isMissingNode();
    return over && last.path("state").asText().equals("COMPLETED")
        ? Optional.of(last)
        : Optional.empty();
  }

  /** Lays the zips out as in the repository, with one more file in that of the inference code. */
  private static void copyTree(Path root, Path copy) throws IOException {
    for (String zip : UNCHANGED) {
      Files.createDirectories(copy.resolve(zip).getParent());
      Files.copy(root.resolve(zip), copy.resolve(zip));
    }
    Files.createDirectories(copy.resolve("infra"));
    Files.createDirectories(copy.resolve(INFERENCE).getParent());
    try (InputStream from = Files.newInputStream(root.resolve(INFERENCE));
        ZipInputStream old = new ZipInputStream(from);
        OutputStream to = Files.newOutputStream(copy.resolve(INFERENCE));
        ZipOutputStream changed = new ZipOutputStream(to)) {
      for (ZipEntry entry = old.getNextEntry(); entry != null; entry = old.getNextEntry()) {
        changed.putNextEntry(new ZipEntry(entry.getName()));
        old.transferTo(changed);
        changed.closeEntry();
      }
      changed.putNextEntry(new ZipEntry("changed.txt"));
      changed.write("other code".getBytes(StandardCharsets.UTF_8));
      changed.closeEntry();
    }
  }

  /** Runs plain {@code cdk deploy} as {@code up} does, of the copy's zips. */
  private static Ended deploy(Commands commands, Path copy) throws IOException {
    Ended told =
        commands.run(
            commands.root(),
            Map.of(),
            List.of(commands.root().resolve("localstack/launch").toString(), "env", "--json"));
    assertEquals(0, told.code(), told::told);
    Map<String, String> environment = new LinkedHashMap<>();
    new ObjectMapper()
        .readTree(told.out())
        .properties()
        .forEach(setting -> environment.put(setting.getKey(), setting.getValue().asText()));
    String app =
        "'%s' -cp '%s/*' dev.slipway.infra.InfraApp"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                commands.root().resolve("infra/target/app"));
    return commands.run(
        copy.resolve("infra"),
        environment,
        List.of(
            "bash",
            "-c",
            "exec cdk deploy --all --app \"$0\" --method direct --require-approval never"
                + " --no-notices --context \"models=$1\" --context jobImage=slipway/job:local"
                + " --context 'release={\"steps\":[50],\"bakeSeconds\":10,\"settleSeconds\":1,"
                + "\"tickSeconds\":2,\"alarmPeriodSeconds\":10}'",
            app,
            commands.root().resolve("model-tools/examples/breast-cancer").toString()));
  }
}
