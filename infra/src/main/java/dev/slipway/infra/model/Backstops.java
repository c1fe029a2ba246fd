package dev.slipway.infra.model;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * Alarms that stand whatever the release controller does: on what the alias answers, not on a
 * version. They see what the handler cannot count: crashes, time-outs, lack of memory.
 */
final class Backstops extends Construct {
  /** One failed call may be a machine's fault; three within a minute are the version's. */
  private static final int MOST_ERRORS_PER_MINUTE = 2;

  private final ModelSurroundings around;

  Backstops(Construct scope, ModelSurroundings around, GatewayApi api) {
    super(scope, "Backstops");
    this.around = around;
    ITopic alarms = topic("Alarms", "alarms");
    ITopic pages = topic("Pages", "pages");
    alarm("Errors", "The alias live fails: crashes, time-outs, memory", ofAlias("Errors"))
        .addAlarmAction(new SnsAction(alarms), new SnsAction(pages));
    alarm("Throttles", "Lambda turns requests away: the limit is too low", ofAlias("Throttles"))
        .addAlarmAction(new SnsAction(pages));
    alarm(
            "GatewayErrors",
            "Clients get 5xx",
            metric("AWS/ApiGateway", "5XXError", Map.of("ApiName", api.name(), "Stage", "prod")))
        .addAlarmAction(new SnsAction(pages));
    alarm(
            "PipelineFailed",
            "A run ended without an entry in the ledger",
            metric("AWS/States", "ExecutionsFailed", Map.of("StateMachineArn", pipelineArn())))
        .addAlarmAction(new SnsAction(pages));
  }

  private Alarm alarm(String id, String description, Metric metric) {
    return Alarm.Builder.create(this, id)
        .alarmName(around.functionName() + "-live-" + id)
        .alarmDescription(around.model().name() + ": " + description)
        .metric(metric)
        .threshold(id.equals("PipelineFailed") ? 0 : MOST_ERRORS_PER_MINUTE)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.MISSING)
        .build();
  }

  private Metric ofAlias(String name) {
    String function = around.functionName();
    return metric(
        "AWS/Lambda", name, Map.of("FunctionName", function, "Resource", function + ":live"));
  }

  /** A minute is the finest period of metrics that AWS itself writes. */
  private static Metric metric(String namespace, String name, Map<String, String> dimensions) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(dimensions)
        .statistic("Sum")
        .period(Duration.minutes(1))
        .build();
  }

  private String pipelineArn() {
    return around
        .names()
        .arn(
            "states",
            "stateMachine:" + around.names().pipeline(around.model().name()),
            Stack.of(this));
  }

  private ITopic topic(String id, String kind) {
    return Topic.fromTopicArn(
        this, id, around.names().arn("sns", around.names().of(kind), Stack.of(this)));
  }
}
