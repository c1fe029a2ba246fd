package dev.slipway.infra.model;

import dev.slipway.functions.SettingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.batch.CfnJobDefinition;
import software.amazon.awscdk.services.batch.CfnJobDefinition.ContainerPropertiesProperty;
import software.amazon.awscdk.services.batch.CfnJobDefinition.EvaluateOnExitProperty;
import software.amazon.awscdk.services.batch.CfnJobDefinition.FargatePlatformConfigurationProperty;
import software.amazon.awscdk.services.batch.CfnJobDefinition.LogConfigurationProperty;
import software.amazon.awscdk.services.batch.CfnJobDefinition.NetworkConfigurationProperty;
import software.amazon.awscdk.services.batch.CfnJobDefinition.ResourceRequirementProperty;
import software.amazon.awscdk.services.batch.CfnJobDefinition.RetryStrategyProperty;
import software.amazon.awscdk.services.batch.CfnJobDefinition.TimeoutProperty;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * How a model's jobs run: training on a GPU machine, training without one, packaging. The three
 * share image and logs; trainer and packager have roles of their own.
 */
final class JobDefinitions extends Construct {
  /** A g4dn.xlarge has 4 processors and 16 GiB, of which Batch and the agent keep some. */
  private static final Size GPU_MACHINE = new Size("4", "14336", "1");

  /** A pair that Fargate knows (Batch user guide, ResourceRequirement). */
  private static final Size NO_GPU = new Size("4", "16384", "");

  /** First attempt and two more; only a reclaimed machine starts another one. */
  private static final int ATTEMPTS = 3;

  private static final int PACKAGE_SECONDS = 2 * 60 * 60;
  private static final int SECONDS_PER_HOUR = 3600;

  private final ModelSurroundings around;
  private final String image;
  private final LogGroup logs;
  private final Role execution;

  private record Size(String processors, String memoryMib, String gpus) {}

  JobDefinitions(Construct scope, ModelSurroundings around, String image) {
    super(scope, "Jobs");
    this.around = around;
    this.image = image;
    logs =
        LogGroup.Builder.create(this, "Logs")
            .logGroupName("/aws/batch/" + around.functionName())
            .retention(around.settings().logRetention())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    execution = JobRoles.execution(this, around, logs);
    Role trainer = JobRoles.trainer(this, around);
    Role packager = JobRoles.packager(this, around);
    int trainSeconds = around.settings().machines().trainHours() * SECONDS_PER_HOUR;
    job("Train", "train", "train", "EC2", GPU_MACHINE, trainer, trainSeconds);
    job("TrainWithoutGpu", "train-cpu", "train", "FARGATE", NO_GPU, trainer, trainSeconds);
    job("Package", "package", "package", "FARGATE", NO_GPU, packager, PACKAGE_SECONDS);
  }

  private void job(
      String id, String kind, String command, String platform, Size size, Role role, int seconds) {
    CfnJobDefinition.Builder.create(this, id)
        .jobDefinitionName(around.functionName() + "-" + kind)
        .type("container")
        .platformCapabilities(List.of(platform))
        .containerProperties(container(command, platform.equals("FARGATE"), size, role))
        .retryStrategy(retryWhenReclaimed())
        .timeout(TimeoutProperty.builder().attemptDurationSeconds(seconds).build())
        .build();
  }

  private ContainerPropertiesProperty container(
      String command, boolean fargate, Size size, Role role) {
    ContainerPropertiesProperty.Builder container =
        ContainerPropertiesProperty.builder()
            .image(image)
            .command(List.of(command, "--run", "Ref::run"))
            .environment(List.of(Map.of("name", SettingNames.ORT_DISABLE_TELEMETRY, "value", "1")))
            .jobRoleArn(role.getRoleArn())
            .executionRoleArn(execution.getRoleArn())
            .resourceRequirements(requirements(size))
            .logConfiguration(logConfiguration(command));
    if (fargate) {
      container
          .fargatePlatformConfiguration(
              FargatePlatformConfigurationProperty.builder().platformVersion("LATEST").build())
          .networkConfiguration(
              NetworkConfigurationProperty.builder().assignPublicIp("ENABLED").build());
    } else {
      container.privileged(false);
    }
    return container.build();
  }

  private static List<ResourceRequirementProperty> requirements(Size size) {
    List<ResourceRequirementProperty> list = new ArrayList<>();
    list.add(requirement("VCPU", size.processors()));
    list.add(requirement("MEMORY", size.memoryMib()));
    if (!size.gpus().isEmpty()) {
      list.add(requirement("GPU", size.gpus()));
    }
    return list;
  }

  private static ResourceRequirementProperty requirement(String type, String value) {
    return ResourceRequirementProperty.builder().type(type).value(value).build();
  }

  private LogConfigurationProperty logConfiguration(String stream) {
    return LogConfigurationProperty.builder()
        .logDriver("awslogs")
        .options(
            Map.of(
                "awslogs-group", logs.getLogGroupName(),
                "awslogs-region", Stack.of(this).getRegion(),
                "awslogs-stream-prefix", stream))
        .build();
  }

  /**
   * A Spot machine that AWS takes back ends its jobs with "Host EC2 (instance i-…) terminated."; a
   * killed process ends with 128 + 9, and the job, which may be run again at any time, starts anew.
   * A job that needs more memory than it has would only need it again. Everything else is final:
   * the first rule that fits decides (AWS Batch user guide, automated job retries).
   */
  private static RetryStrategyProperty retryWhenReclaimed() {
    return RetryStrategyProperty.builder()
        .attempts(ATTEMPTS)
        .evaluateOnExit(
            List.of(
                EvaluateOnExitProperty.builder()
                    .onStatusReason("Host EC2*")
                    .action("RETRY")
                    .build(),
                EvaluateOnExitProperty.builder()
                    .onReason("OutOfMemoryError*")
                    .action("EXIT")
                    .build(),
                EvaluateOnExitProperty.builder().onExitCode("137").action("RETRY").build(),
                EvaluateOnExitProperty.builder().onReason("*").action("EXIT").build()))
        .build();
  }
}
