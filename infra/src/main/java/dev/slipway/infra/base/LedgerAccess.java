package dev.slipway.infra.base;

import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Grants;
import java.util.List;
import software.amazon.awscdk.Stack;

/** Reading the ledger and appending to it; the bucket's policy forbids everything else. */
final class LedgerAccess {
  private LedgerAccess() {}

  static void append(Grants grants, Names names, Stack stack) {
    grants.allowMany(
        "An entry's key holds its model and its number; both come later. The bucket's policy lets"
            + " nobody replace or delete an entry.",
        List.of("s3:GetObject", "s3:PutObject"),
        names.bucketArn("ledger", "*", stack));
  }
}
