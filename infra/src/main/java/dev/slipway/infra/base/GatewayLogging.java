package dev.slipway.infra.base;

import dev.slipway.infra.policy.Suppressions;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigateway.CfnAccount;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The role with which API Gateway writes logs: one setting of the account and region, which other
 * APIs may use too, so it stays when the stack goes.
 */
final class GatewayLogging extends Construct {
  GatewayLogging(Construct scope) {
    super(scope, "GatewayLogging");
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("apigateway.amazonaws.com"))
            .managedPolicies(
                List.of(
                    ManagedPolicy.fromAwsManagedPolicyName(
                        "service-role/AmazonAPIGatewayPushToCloudWatchLogs")))
            .build();
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Suppressions.on(
        role,
        "AwsSolutions-IAM4",
        "API Gateway refuses a role that lacks any action of this policy (CfnAccount).");
    CfnAccount account =
        CfnAccount.Builder.create(this, "Account").cloudWatchRoleArn(role.getRoleArn()).build();
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
