package dev.slipway.infra.model;

import dev.slipway.functions.SettingNames;
import dev.slipway.infra.Artefact;
import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The model's function as CloudFormation knows it: the fallback responder, always the same,
 * whatever {@code model.yaml} says. What serves are versions, and only the release controller makes
 * those; so a deployment has nothing here with which it could move traffic.
 */
final class ServingFunction extends Construct {
  private static final int FALLBACK_MEMORY_MIB = 512;
  private static final Duration FALLBACK_TIMEOUT = Duration.seconds(15);

  final Role role;

  ServingFunction(Construct scope, ModelSurroundings around) {
    super(scope, "Serving");
    String name = around.functionName();
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .logGroupName("/aws/lambda/" + name)
            .retention(around.settings().logRetention())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    role =
        Roles.assumedBy(
            this,
            "Role",
            "lambda.amazonaws.com",
            around.names(),
            "inference",
            "Serves " + around.model().name() + ": writes its log and nothing else");
    Roles.writeLogs(role, logs);
    Roles.keepFromControl(new Grants(role));
    Function function =
        Function.Builder.create(this, "Function")
            .functionName(name)
            .description("Versions and alias belong to the release controller")
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.X86_64)
            .code(Code.fromAsset(around.artefacts().locate(Artefact.FALLBACK).toString()))
            .handler(Artefact.FALLBACK.handler())
            .memorySize(FALLBACK_MEMORY_MIB)
            .timeout(FALLBACK_TIMEOUT)
            .environment(Map.of(SettingNames.MODEL, around.model().name()))
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .role(role)
            .build();
    function.getNode().addDependency(logs);
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish",
            "the release controller publishes the versions");
  }
}
