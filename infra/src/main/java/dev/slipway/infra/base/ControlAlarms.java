package dev.slipway.infra.base;

import dev.slipway.infra.Names;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/** Pages people when the control functions themselves fail or stand still. */
final class ControlAlarms extends Construct {
  private final Names names;
  private final Topics topics;

  ControlAlarms(Construct scope, Names names, Control control, Topics topics) {
    super(scope, "ControlAlarms");
    this.names = names;
    this.topics = topics;
    alarm(
        "FailedEvents",
        "Events failed three times and wait in the queue " + names.of("failed-events"),
        control.failed.metricApproximateNumberOfMessagesVisible(),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        TreatMissingData.NOT_BREACHING);
    alarm(
        "NoTick",
        "Reconcile has not run: nobody watches the releases",
        metric("AWS/Lambda", "Invocations", "FunctionName", names.of("reconcile")),
        ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
        TreatMissingData.BREACHING);
    alarm(
        "ReleaseLoopFailed",
        "The release loop gave up; the tick carries on, slower",
        metric(
            "AWS/States",
            "ExecutionsFailed",
            "StateMachineArn",
            names.arn("states", "stateMachine:" + names.releaseLoop(), Stack.of(this))),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        TreatMissingData.NOT_BREACHING);
  }

  private static Metric metric(String namespace, String name, String dimension, String value) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(Map.of(dimension, value))
        .build();
  }

  private void alarm(
      String id,
      String description,
      Metric metric,
      ComparisonOperator operator,
      TreatMissingData missing) {
    Alarm.Builder.create(this, id)
        .alarmName(names.of("control-" + id))
        .alarmDescription(description)
        .metric(metric.with(sumOverFiveMinutes()))
        .threshold(0)
        .comparisonOperator(operator)
        .evaluationPeriods(3)
        .datapointsToAlarm(3)
        .treatMissingData(missing)
        .build()
        .addAlarmAction(new SnsAction(topics.pages));
  }

  private static MetricOptions sumOverFiveMinutes() {
    return MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build();
  }
}
