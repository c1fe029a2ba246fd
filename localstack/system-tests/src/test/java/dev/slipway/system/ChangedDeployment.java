package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.system.Commands.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Plain {@code cdk deploy} as {@code up} does it, of a copy of the zips with changed code. */
final class ChangedDeployment {
  private static final String INFERENCE = "functions/inference/target/inference.zip";
  private static final List<String> UNCHANGED =
      List.of(
          "functions/fallback-responder/target/fallback-responder.zip",
          "functions/pipeline-tasks/target/pipeline-tasks.zip",
          "functions/release-control/target/release-control.zip");

  private final Commands commands;
  private final Path copy;

  /**
   * A deployment that can be run again and again.
   *
   * @param copy an empty folder for the zips
   */
  ChangedDeployment(Commands commands, Path copy) {
    this.commands = commands;
    this.copy = copy;
  }

  /**
   * Deploys and waits for the end, which must be good.
   *
   * @param code what the code says of itself; other words are other code
   * @param bakeSeconds how long the canary and the watch of its release last
   */
  void run(String code, int bakeSeconds) throws IOException {
    layOut(code);
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
    String release =
        """
        release={"steps":[50],"bakeSeconds":%d,"settleSeconds":1,"tickSeconds":2,\
        "alarmPeriodSeconds":10}\
        """
            .formatted(bakeSeconds);
    Ended deployed =
        commands.run(
            copy.resolve("infra"),
            environment,
            List.of(
                "bash",
                "-c",
                "exec cdk deploy --all --app \"$0\" --method direct --require-approval never"
                    + " --no-notices --context \"models=$1\" --context jobImage=slipway/job:local"
                    + " --context \"$2\"",
                app,
                commands.root().resolve("model-tools/examples/breast-cancer").toString(),
                release));
    assertEquals(0, deployed.code(), deployed::told);
  }

  /** Lays the zips out as in the repository, with one more file in that of the inference code. */
  private void layOut(String code) throws IOException {
    Path root = commands.root();
    for (String zip : UNCHANGED) {
      Files.createDirectories(copy.resolve(zip).getParent());
      if (!Files.exists(copy.resolve(zip))) {
        Files.copy(root.resolve(zip), copy.resolve(zip));
      }
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
      changed.write(code.getBytes(StandardCharsets.UTF_8));
      changed.closeEntry();
    }
  }
}
