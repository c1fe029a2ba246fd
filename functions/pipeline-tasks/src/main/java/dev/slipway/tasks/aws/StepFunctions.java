package dev.slipway.tasks.aws;

import dev.slipway.tasks.run.StateMachines;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Executions in Step Functions; their names are unique for 90 days. */
final class StepFunctions implements StateMachines {
  private final SfnClient client;

  StepFunctions(SfnClient client) {
    this.client = client;
  }

  @Override
  public boolean start(String arn, String name, String input) {
    return AwsCalls.call(
        "start execution " + name + " of " + arn,
        () -> {
          try {
            client.startExecution(start -> start.stateMachineArn(arn).name(name).input(input));
            return true;
          } catch (ExecutionAlreadyExistsException known) {
            return false;
          }
        });
  }
}
