package dev.slipway.cli.up;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.Workspace;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.Stacks;
import java.util.List;
import java.util.Map;

/** Starts the local AWS, unless it runs already. */
final class StartLocalAws implements UpStep {
  /** Name of the image of our Batch jobs; locally it stands for the command below. */
  static final String JOB_IMAGE = "slipway/job:local";

  /** As the base stack names it for the local account and region. */
  static final String LEDGER_BUCKET =
      "slipway-ledger-" + AwsClients.LOCAL_ACCOUNT + "-" + AwsClients.LOCAL_REGION;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String title() {
    return "start the local AWS";
  }

  @Override
  public String run(UpState state) {
    if (state.plugin().status().isPresent()) {
      if (!new Stacks(state.clients().cloudFormation()).outputs().containsKey(Stacks.BASE)) {
        // Started by localstack/launch or as a container: empty, whatever was deployed before.
        state.startedFresh();
      }
      return "runs already at " + state.workspace().endpoint();
    }
    state.startedFresh();
    state.script().run("start", Map.of("SLIPWAY_BATCH_IMAGES", images(state.workspace())));
    return "LocalStack at " + state.workspace().endpoint();
  }

  private static String images(Workspace workspace) {
    ObjectNode images = JSON.createObjectNode();
    ArrayNode command = images.putArray(JOB_IMAGE);
    jobCommand(workspace).forEach(command::add);
    return images.toString();
  }

  private static List<String> jobCommand(Workspace workspace) {
    return List.of(
        workspace.jdk().resolve("bin").resolve("java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx1500m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        workspace.root().resolve("model-tools/model-pipeline/target/job") + "/*",
        "dev.slipway.pipeline.job.JobMain");
  }
}
