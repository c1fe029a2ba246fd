package dev.slipway.infra.policy;

import dev.slipway.infra.Names;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.Construct;

/** Makes the roles of functions, jobs and state machines: empty but for what is granted. */
public final class Roles {
  private static final List<String> READ = List.of("kms:Decrypt");
  private static final List<String> WRITE = List.of("kms:Decrypt", "kms:GenerateDataKey");

  private Roles() {}

  /**
   * {@return a role that one service may take on behalf of this account only}
   *
   * @param kind the path of the role, such as {@code inference}
   */
  public static Role assumedBy(
      Construct scope, String id, String service, Names names, String kind, String description) {
    return Role.Builder.create(scope, id)
        .assumedBy(ServicePrincipal.Builder.create(service).build())
        .path(names.rolePath(kind))
        .description(description)
        .build();
  }

  /** Lets a function or job write to its own log group, and to no other. */
  public static void writeLogs(Role role, ILogGroup group) {
    group.grant(role, "logs:CreateLogStream", "logs:PutLogEvents");
  }

  /** Lets a role read objects that the data key encrypts, through S3 only. */
  public static void readEncrypted(Grants grants, Names names, Stack stack) {
    useDataKey(grants, names, stack, READ);
  }

  /** Lets a role read and write objects that the data key encrypts, through S3 only. */
  public static void writeEncrypted(Grants grants, Names names, Stack stack) {
    useDataKey(grants, names, stack, WRITE);
  }

  private static void useDataKey(Grants grants, Names names, Stack stack, List<String> actions) {
    grants.allowMany(
        "The stacks know the data key by its alias only; the condition holds the statement to that"
            + " one key, and to S3's use of it.",
        Map.of(
            "ForAnyValue:StringEquals",
            Map.of("kms:ResourceAliases", names.dataKey()),
            "StringEquals",
            Map.of("kms:ViaService", "s3." + stack.getRegion() + ".amazonaws.com")),
        actions,
        names.arn("kms", "key/*", stack));
  }

  /**
   * Forbids a workload what could make itself look healthy or move traffic, whatever else it gets.
   */
  public static void keepFromControl(Grants grants) {
    grants.deny(
        List.of(
            "cloudwatch:SetAlarmState",
            "cloudwatch:DisableAlarmActions",
            "cloudwatch:DeleteAlarms",
            "cloudwatch:PutMetricAlarm",
            "cloudwatch:PutMetricData",
            "lambda:UpdateAlias",
            "lambda:UpdateFunctionCode",
            "lambda:UpdateFunctionConfiguration",
            "lambda:PublishVersion",
            "kms:Sign"),
        "*");
  }
}
