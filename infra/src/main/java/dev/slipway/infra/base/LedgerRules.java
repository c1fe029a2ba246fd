package dev.slipway.infra.base;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.Bucket;

/**
 * What nobody may do in the ledger's bucket, the account's root included: delete, lift the lock, or
 * write without {@code If-None-Match}.
 *
 * <p>Object Lock alone does not suffice: a delete marker hides an entry, and then {@code
 * If-None-Match: *} writes another in its place.
 */
final class LedgerRules {
  private LedgerRules() {}

  static void addTo(Bucket ledger) {
    ledger.addToResourcePolicy(
        deny("NobodyDeletes", List.of("s3:DeleteObject", "s3:DeleteObjectVersion"), ledger)
            .build());
    ledger.addToResourcePolicy(
        deny(
                "NobodyLiftsTheLock",
                List.of(
                    "s3:BypassGovernanceRetention",
                    "s3:PutObjectRetention",
                    "s3:PutObjectLegalHold"),
                ledger)
            .build());
    ledger.addToResourcePolicy(
        deny("OnlyNewEntries", List.of("s3:PutObject"), ledger)
            .conditions(Map.of("Null", Map.of("s3:if-none-match", "true")))
            .build());
  }

  private static PolicyStatement.Builder deny(String id, List<String> actions, Bucket ledger) {
    return PolicyStatement.Builder.create()
        .sid(id)
        .effect(Effect.DENY)
        .principals(List.of(new AnyPrincipal()))
        .actions(actions)
        .resources(List.of(ledger.arnForObjects("*")));
  }
}
