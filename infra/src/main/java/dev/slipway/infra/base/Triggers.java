package dev.slipway.infra.base;

import dev.slipway.infra.Names;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.sns.subscriptions.LambdaSubscription;
import software.constructs.Construct;

/**
 * What starts the control functions: new data, the tick, alarms. Disabling the rule {@code
 * slipway-datasets} stops new runs; nothing else has to be known to do it.
 */
final class Triggers extends Construct {
  Triggers(Construct scope, Names names, Storage storage, Control control, Topics topics) {
    super(scope, "Triggers");
    Rule.Builder.create(this, "Datasets")
        .ruleName(names.of("datasets"))
        .description("A new object version in the datasets bucket starts a run")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.s3"))
                .detailType(List.of("Object Created"))
                .detail(
                    Map.of(
                        "bucket", Map.of("name", List.of(storage.datasets.getBucketName())),
                        "object", Map.of("key", List.of(Map.of("prefix", "datasets/")))))
                .build())
        .targets(List.of(target(control.intake, control).build()))
        .build();
    Rule.Builder.create(this, "Tick")
        .ruleName(names.of("tick"))
        .description("Events are hints; this is the guarantee")
        .schedule(Schedule.rate(Duration.minutes(1)))
        .targets(
            List.of(
                target(control.reconcile, control)
                    .event(RuleTargetInput.fromObject(Map.of("source", "tick")))
                    .build()))
        .build();
    topics.alarms.addSubscription(
        LambdaSubscription.Builder.create(control.reconcile.function)
            .deadLetterQueue(control.failed)
            .build());
  }

  private static LambdaFunction.Builder target(ControlFunction function, Control control) {
    return LambdaFunction.Builder.create(function.function)
        .deadLetterQueue(control.failed)
        .retryAttempts(2);
  }
}
