package dev.slipway.cli.up;

import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.local.Cdk;
import dev.slipway.cli.local.DeployedMark;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.cli.local.Toolbox;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** Deploys the base stack and one stack per model with plain cdk, unless nothing has changed. */
final class DeployStacks implements UpStep {
  /** Times that fit a laptop: one canary step and ten seconds of watching (AWS: model.yaml's). */
  static final String SHORT_RELEASE =
      """
      {"steps":[50],"bakeSeconds":10,"settleSeconds":1,"tickSeconds":2,"alarmPeriodSeconds":10}\
      """;

  private static final String BOOTSTRAP_STACK = "CDKToolkit";

  @Override
  public String title() {
    return "deploy the stacks";
  }

  @Override
  public String run(UpState state) {
    DeployedMark mark = DeployedMark.of(state.workspace(), state.models(), SHORT_RELEASE);
    if (!state.freshStart() && mark.isCurrent()) {
      return "unchanged since the last deployment";
    }
    mark.forget();
    Cdk cdk = Cdk.local(state.workspace(), state.console(), Toolbox.read(state.script()));
    if (!isBootstrapped(state)) {
      cdk.bootstrap(AwsClients.LOCAL_ACCOUNT, AwsClients.LOCAL_REGION);
    }
    cdk.run(
        List.of(
            "deploy",
            "--all",
            "--method",
            "direct",
            "--require-approval",
            "never",
            "--no-notices",
            "--context",
            "models=" + folders(state),
            "--context",
            "jobImage=" + StartLocalAws.JOB_IMAGE,
            "--context",
            "release=" + SHORT_RELEASE));
    mark.keep();
    return "slipway-base and %d model%s"
        .formatted(state.models().size(), state.models().size() == 1 ? "" : "s");
  }

  private static String folders(UpState state) {
    return state.models().stream()
        .map(ModelFolder::folder)
        .map(Object::toString)
        .collect(Collectors.joining(","));
  }

  private static boolean isBootstrapped(UpState state) {
    try {
      return state
          .clients()
          .cloudFormation()
          .describeStacks(request -> request.stackName(BOOTSTRAP_STACK))
          .hasStacks();
    } catch (CloudFormationException absent) {
      if (absent.getMessage() != null && absent.getMessage().contains("does not exist")) {
        return false;
      }
      throw absent;
    }
  }
}
