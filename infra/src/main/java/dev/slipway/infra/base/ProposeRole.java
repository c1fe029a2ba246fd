package dev.slipway.infra.base;

import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import java.util.List;
import software.amazon.awscdk.Stack;

/**
 * Propose reads what a run left, signs the manifest and appends to the ledger; it is the only role
 * that may sign, and it cannot read data or write a bundle's files.
 */
final class ProposeRole {
  private static final String RUNS_COME_LATER =
      "The keys hold the model, the run and the digest; all of them come later.";

  private ProposeRole() {}

  static void grant(Grants grants, Names names, Keys keys, Stack stack) {
    grants
        .allow(
            List.of("s3:ListBucket"),
            names.bucketArn("registry", "", stack),
            names.bucketArn("ledger", "", stack))
        .allowMany(
            RUNS_COME_LATER,
            List.of("s3:GetObject"),
            names.bucketArn("registry", "runs/*", stack),
            names.bucketArn("registry", "bundles/*", stack))
        .allowMany(
            RUNS_COME_LATER,
            List.of("s3:PutObject"),
            names.bucketArn("registry", "runs/*/propose-*.json", stack),
            names.bucketArn("registry", "bundles/*/manifest.sig", stack))
        .allow(List.of("kms:Sign", "kms:GetPublicKey"), keys.signing.getKeyArn())
        .allow(
            List.of("states:StartExecution"),
            names.arn("states", "stateMachine:" + names.releaseLoop(), stack));
    LedgerAccess.append(grants, names, stack);
    Roles.writeEncrypted(grants, names, stack);
  }
}
