package dev.slipway.control.aws;

import dev.slipway.control.port.LoopStarter;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Starts the wait loop of a release. */
final class StepFunctionsLoops implements LoopStarter {
  private final SfnClient sfn;
  private final String machineArn;
  private final Consumer<String> log;

  StepFunctionsLoops(SfnClient sfn, String machineArn, Consumer<String> log) {
    this.sfn = sfn;
    this.machineArn = machineArn;
    this.log = log;
  }

  @Override
  public void start(String model, long seq) {
    try {
      if (isRunning(model)) {
        return;
      }
      sfn.startExecution(start ->
          start
              .stateMachineArn(machineArn)
              .name(model + "-" + seq + "-t" + System.currentTimeMillis() / 10_000)
              .input("{\"model\":\"" + model + "\"}"));
    } catch (ExecutionAlreadyExistsException running) {
      log.accept("LOOP_RUNNING: " + model);
    } catch (SdkException failure) {
      log.accept("LOOP_NOT_STARTED: " + model + "; the next tick tries: " + failure.getMessage());
    }
  }

  private boolean isRunning(String model) {
    Pattern name = Pattern.compile(Pattern.quote(model) + "-\\d+(-t\\d+)?");
    return sfn
        .listExecutions(list ->
            list.stateMachineArn(machineArn).statusFilter(ExecutionStatus.RUNNING).maxResults(1000))
        .executions()
        .stream()
        .anyMatch(execution -> name.matcher(execution.name()).matches());
  }
}
