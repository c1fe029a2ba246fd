package dev.slipway.infra.base;

import dev.slipway.infra.StateMachines;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** The state machine that asks reconcile again and again until a model's release is over. */
final class ReleaseLoop extends Construct {
  final StateMachine machine;

  ReleaseLoop(Construct scope, Surroundings around, Control control) {
    super(scope, "ReleaseLoop");
    StateMachines machines =
        new StateMachines(this, around.names(), around.settings().logRetention());
    machine =
        machines.create(
            around.names().releaseLoop(),
            "release.asl.json",
            Map.of(
                "Partition",
                Stack.of(this).getPartition(),
                "ReconcileFunctionArn",
                control.reconcile.function.getFunctionArn()));
    machines
        .grants()
        .allow(List.of("lambda:InvokeFunction"), control.reconcile.function.getFunctionArn());
  }
}
