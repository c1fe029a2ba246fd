package dev.slipway.infra.base;

import dev.slipway.infra.Names;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.kms.KeySpec;
import software.amazon.awscdk.services.kms.KeyUsage;
import software.constructs.Construct;

/** The key that encrypts objects, and the key that signs manifests. Both outlive the stack. */
final class Keys extends Construct {
  final Key data;
  final Key signing;

  Keys(Construct scope, Names names) {
    super(scope, "Keys");
    data =
        Key.Builder.create(this, "Data")
            .alias(names.dataKey())
            .description("Encrypts the datasets, registry and ledger of Slipway")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    signing =
        Key.Builder.create(this, "Signing")
            .alias(names.signingKey())
            .description("Signs the manifests of bundles that passed their gate")
            .keySpec(KeySpec.ECC_NIST_P256)
            .keyUsage(KeyUsage.SIGN_VERIFY)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
  }
}
