package dev.slipway.infra.base;

import dev.slipway.infra.Artefact;
import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * One of the functions that move runs and releases: its log group, a role that starts empty, and a
 * queue for events that failed three times.
 */
final class ControlFunction extends Construct {
  final Function function;
  final Grants grants;

  /**
   * @param kind name of the function without the prefix
   * @param memoryMib 1,769 MiB is one virtual processor
   * @param timeout after which one call is ended
   * @param environment settings, by {@code SettingNames}
   */
  ControlFunction(
      Construct scope,
      String id,
      String kind,
      Artefact artefact,
      int memoryMib,
      Duration timeout,
      Map<String, String> environment,
      Surroundings around,
      IQueue failed) {
    super(scope, id);
    String name = around.names().of(kind);
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .logGroupName("/aws/lambda/" + name)
            .retention(around.settings().logRetention())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Roles.assumedBy(
            this, "Role", "lambda.amazonaws.com", around.names(), kind, "What " + name + " may do");
    Roles.writeLogs(role, logs);
    grants = new Grants(role);
    Function.Builder builder =
        Function.Builder.create(this, "Function")
            .functionName(name)
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.X86_64)
            .code(Code.fromAsset(around.artefacts().locate(artefact).toString()))
            .handler(artefact.handler())
            .memorySize(memoryMib)
            .timeout(timeout)
            .role(role)
            .environment(environment)
            .retryAttempts(2)
            .onFailure(new SqsDestination(failed));
    around.settings().concurrency().ifPresent(builder::reservedConcurrentExecutions);
    function = builder.build();
    function.getNode().addDependency(logs);
  }
}
