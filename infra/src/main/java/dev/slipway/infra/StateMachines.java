package dev.slipway.infra;

import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import dev.slipway.infra.policy.Suppressions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/**
 * Makes a state machine from a definition that stands beside the classes as JSON, in Amazon States
 * Language with JSONPath, with a role that starts empty and a log group of its own.
 */
public final class StateMachines {
  private final Construct scope;
  private final RetentionDays retention;
  private final Role role;

  /** Prepares the role of one state machine in a scope. */
  public StateMachines(Construct scope, Names names, RetentionDays retention) {
    this.scope = scope;
    this.retention = retention;
    this.role =
        Roles.assumedBy(
            scope, "Role", "states.amazonaws.com", names, "states", "What a state machine may do");
  }

  /** {@return what the state machine may do besides writing its log} */
  public Grants grants() {
    return new Grants(role);
  }

  /**
   * {@return the state machine}
   *
   * @param name its name in AWS
   * @param definition a resource of this package
   * @param values what the {@code ${…}} of the definition stand for
   */
  public StateMachine create(String name, String definition, Map<String, String> values) {
    LogGroup logs =
        LogGroup.Builder.create(scope, "Logs")
            .logGroupName("/aws/vendedlogs/states/" + name)
            .retention(retention)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    StateMachine machine =
        StateMachine.Builder.create(scope, "Machine")
            .stateMachineName(name)
            .stateMachineType(StateMachineType.STANDARD)
            .definitionBody(DefinitionBody.fromString(text(definition)))
            .definitionSubstitutions(values)
            .role(role)
            .logs(
                LogOptions.builder()
                    .destination(logs)
                    .level(LogLevel.ALL)
                    .includeExecutionData(false)
                    .build())
            .build();
    Suppressions.below(
        role,
        "AwsSolutions-IAM5",
        "The delivery of logs has no resources (Step Functions guide, Logging using CloudWatch"
            + " Logs).",
        "Resource::*");
    Suppressions.on(
        machine,
        "AwsSolutions-SF2",
        "The ledger and the runs' results tell each step; X-Ray would need one more statement on"
            + " every resource.");
    return machine;
  }

  private static String text(String resource) {
    try (InputStream in = StateMachines.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not beside " + StateMachines.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read from the class path", e);
    }
  }
}
