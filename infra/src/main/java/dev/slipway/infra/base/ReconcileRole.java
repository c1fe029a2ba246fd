package dev.slipway.infra.base;

import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;

/**
 * The release controller: the only role that may write {@code $LATEST}, versions, layers, the alias
 * and alarms of a model. It cannot read data, run folders or sign.
 */
final class ReconcileRole {
  private static final String MODELS_COME_LATER =
      "Models get stacks of their own after this one; the prefix is all their names share.";
  private static final String NO_RESOURCE =
      "AWS offers no resource for this action (Service Authorization Reference).";

  private static final List<String> FUNCTION_ACTIONS =
      List.of(
          "lambda:AddPermission",
          "lambda:CreateAlias",
          "lambda:DeleteFunction",
          "lambda:GetAlias",
          "lambda:GetFunction",
          "lambda:GetFunctionConfiguration",
          "lambda:GetPolicy",
          "lambda:GetProvisionedConcurrencyConfig",
          "lambda:InvokeFunction",
          "lambda:ListAliases",
          "lambda:ListProvisionedConcurrencyConfigs",
          "lambda:ListVersionsByFunction",
          "lambda:PublishVersion",
          "lambda:RemovePermission",
          "lambda:UpdateAlias",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration");

  private ReconcileRole() {}

  static void grant(Grants grants, Names names, Keys keys, Topics topics, Stack stack) {
    functions(grants, names, stack);
    objects(grants, names, stack);
    alarms(grants, names, stack);
    grants
        .allowMany(
            MODELS_COME_LATER,
            List.of("ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"),
            names.arn("ssm", "parameter/" + names.prefix(), stack),
            names.arn("ssm", "parameter/" + names.prefix() + "/*", stack))
        .allow(List.of("kms:Verify", "kms:GetPublicKey"), keys.signing.getKeyArn())
        .allow(List.of("sns:Publish"), topics.pages.getTopicArn())
        .allow(
            List.of("states:StartExecution", "states:ListExecutions"),
            names.arn("states", "stateMachine:" + names.releaseLoop(), stack));
  }

  private static void functions(Grants grants, Names names, Stack stack) {
    grants
        .allowMany(
            MODELS_COME_LATER,
            FUNCTION_ACTIONS,
            names.arn("lambda", "function:" + names.of("*"), stack))
        // The control functions share the prefix: they are the stack's, not the controller's.
        .deny(
            List.of(
                "lambda:AddPermission",
                "lambda:CreateAlias",
                "lambda:DeleteFunction",
                "lambda:PublishVersion",
                "lambda:RemovePermission",
                "lambda:UpdateAlias",
                "lambda:UpdateFunctionCode",
                "lambda:UpdateFunctionConfiguration"),
            names.arn("lambda", "function:" + names.of("intake"), stack),
            names.arn("lambda", "function:" + names.of("propose"), stack),
            names.arn("lambda", "function:" + names.of("reconcile"), stack))
        .allowMany(
            MODELS_COME_LATER,
            List.of(
                "lambda:PublishLayerVersion",
                "lambda:ListLayerVersions",
                "lambda:GetLayerVersion",
                "lambda:DeleteLayerVersion"),
            names.arn("lambda", "layer:" + names.of("*"), stack))
        .allowMany(
            "A version keeps the role of its model's function; the path holds only such roles and"
                + " the condition only Lambda.",
            Map.of("StringEquals", Map.of("iam:PassedToService", "lambda.amazonaws.com")),
            List.of("iam:PassRole"),
            names.rolesArn("inference", stack));
  }

  private static void objects(Grants grants, Names names, Stack stack) {
    grants
        .allow(
            List.of("s3:ListBucket"),
            names.bucketArn("registry", "", stack),
            names.bucketArn("ledger", "", stack))
        .allowMany(
            "The keys hold the model and the digest of bundles that come later.",
            List.of("s3:GetObject"),
            names.bucketArn("registry", "bundles/*", stack))
        .allowMany(
            "The wish names a zip among the assets of cdk by its hash; each deployment brings a"
                + " new one.",
            List.of("s3:GetObject"),
            assets(stack));
    LedgerAccess.append(grants, names, stack);
    Roles.writeEncrypted(grants, names, stack);
  }

  private static void alarms(Grants grants, Names names, Stack stack) {
    grants
        .allowMany(
            MODELS_COME_LATER,
            List.of(
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:DeleteAlarms",
                "cloudwatch:DescribeAlarmHistory"),
            names.arn("cloudwatch", "alarm:" + names.of("*"), stack))
        .allowMany(
            NO_RESOURCE,
            List.of(
                "cloudwatch:DescribeAlarms",
                "cloudwatch:GetMetricData",
                "cloudwatch:GetMetricStatistics"),
            "*")
        .deny(
            List.of(
                "cloudwatch:SetAlarmState",
                "cloudwatch:DisableAlarmActions",
                "cloudwatch:PutMetricData",
                "kms:Sign"),
            "*");
  }

  /** The zips in the bucket that {@code cdk bootstrap} made, under the qualifier in use. */
  private static String assets(Stack stack) {
    String qualifier = stack.getSynthesizer().getBootstrapQualifier();
    return Fn.sub(
        "arn:${AWS::Partition}:s3:::cdk-"
            + (qualifier == null ? "hnb659fds" : qualifier)
            + "-assets-${AWS::AccountId}-${AWS::Region}/*.zip");
  }
}
