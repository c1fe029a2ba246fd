package dev.slipway.infra.base;

import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.Names;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Where alarms go: {@code alarms} to the release controller, {@code pages} to people. */
final class Topics extends Construct {
  final Topic alarms;
  final Topic pages;

  Topics(Construct scope, Names names, InfraSettings settings) {
    super(scope, "Topics");
    alarms = topic("Alarms", names.of("alarms"), names);
    pages = topic("Pages", names.of("pages"), names);
    settings
        .pagesEmail()
        .ifPresent(address -> pages.addSubscription(new EmailSubscription(address)));
  }

  private Topic topic(String id, String name, Names names) {
    Topic topic = Topic.Builder.create(this, id).topicName(name).enforceSsl(true).build();
    Stack stack = Stack.of(this);
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("OwnAlarms")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(
                Map.of(
                    "StringEquals",
                    Map.of("aws:SourceAccount", stack.getAccount()),
                    "ArnLike",
                    Map.of(
                        "aws:SourceArn", names.arn("cloudwatch", "alarm:" + names.of("*"), stack))))
            .build());
    return topic;
  }
}
