package dev.slipway.infra.base;

import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import java.util.List;
import software.amazon.awscdk.Stack;

/** Intake reads new data and starts runs; it cannot write a bundle or move a release. */
final class IntakeRole {
  private static final String MODELS_COME_LATER =
      "Models get stacks of their own after this one; the prefix is all they share.";

  private IntakeRole() {}

  static void grant(Grants grants, Names names, Stack stack) {
    grants
        .allowMany(
            MODELS_COME_LATER,
            List.of("s3:GetObject", "s3:GetObjectVersion"),
            names.bucketArn("datasets", "datasets/*", stack))
        .allow(
            List.of("s3:ListBucket"),
            names.bucketArn("datasets", "", stack),
            names.bucketArn("registry", "", stack),
            names.bucketArn("ledger", "", stack))
        .allowMany(
            MODELS_COME_LATER,
            List.of("s3:GetObject", "s3:PutObject"),
            names.bucketArn("registry", "runs/*", stack))
        .allowMany(
            MODELS_COME_LATER,
            List.of("ssm:GetParameter"),
            names.arn("ssm", "parameter/" + names.prefix() + "/*", stack))
        .allowMany(
            MODELS_COME_LATER,
            List.of("states:StartExecution"),
            names.arn("states", "stateMachine:" + names.pipeline("*"), stack));
    LedgerAccess.append(grants, names, stack);
    Roles.writeEncrypted(grants, names, stack);
    Roles.keepFromControl(grants);
  }
}
