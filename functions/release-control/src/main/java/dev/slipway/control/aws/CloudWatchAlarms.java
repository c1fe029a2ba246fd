package dev.slipway.control.aws;

import dev.slipway.control.Names;
import dev.slipway.control.port.AlarmPort;
import dev.slipway.control.port.AliasStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Four alarms per version. Each counter is written as 0 or 1 per request, so its average is a
 * share: an alarm means that at least half of the requests of two periods in a row failed, gave
 * nonsense or were slow. Smaller faults are the judge's, who knows how many requests there were.
 */
final class CloudWatchAlarms implements AlarmPort {
  private static final double HALF = 0.5;
  private static final int PERIODS = 2;
  private static final int MINUTE = 60;
  private static final List<String> KINDS = List.of("failed", "invalid", "slow", "errors");
  private static final Map<String, String> METRICS =
      Map.of("failed", "Failed", "invalid", "Invalid", "slow", "Slow", "errors", "Errors");

  private final CloudWatchClient cloudWatch;
  private final String prefix;

  CloudWatchAlarms(CloudWatchClient cloudWatch, String prefix) {
    this.cloudWatch = cloudWatch;
    this.prefix = prefix;
  }

  @Override
  public void make(String model, String function, int version, Duration period, String topicArn) {
    for (String kind : KINDS) {
      boolean lambda = kind.equals("errors");
      int seconds = Math.toIntExact(period.toSeconds());
      Calls.call(
          "make alarm " + kind + " of version " + version,
          () ->
              cloudWatch.putMetricAlarm(alarm ->
                  alarm
                      .alarmName(Names.alarm(prefix, model, version, kind))
                      .alarmDescription(
                          "Half of the requests of version " + version + " of " + model)
                      .namespace(lambda ? "AWS/Lambda" : "Slipway")
                      .metricName(METRICS.get(kind))
                      .dimensions(lambda ? lambda(function, version) : own(model, version))
                      .statistic(Statistic.AVERAGE)
                      .period(lambda ? Math.max(MINUTE, seconds) : seconds)
                      .evaluationPeriods(PERIODS)
                      .datapointsToAlarm(PERIODS)
                      .threshold(HALF)
                      .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                      .treatMissingData("missing")
                      .alarmActions(topicArn)));
    }
  }

  @Override
  public void remove(String model, int version) {
    List<String> names =
        KINDS.stream().map(kind -> Names.alarm(prefix, model, version, kind)).toList();
    Calls.find(
        "remove alarms of version " + version,
        () -> cloudWatch.deleteAlarms(delete -> delete.alarmNames(names)));
  }

  @Override
  public Set<Integer> inAlarm(String model) {
    Set<Integer> versions = new TreeSet<>();
    String token = "";
    do {
      String next = token;
      DescribeAlarmsResponse page =
          Calls.call(
              "read alarms of " + model,
              () ->
                  cloudWatch.describeAlarms(describe ->
                      describe
                          .alarmNamePrefix(Names.alarmPrefix(prefix, model))
                          .stateValue(StateValue.ALARM)
                          .nextToken(next.isEmpty() ? null : next)));
      for (MetricAlarm alarm : page.metricAlarms()) {
        if (alarm.stateValue() == StateValue.ALARM) {
          Names.alarmVersion(prefix, model, alarm.alarmName()).ifPresent(versions::add);
        }
      }
      token = page.nextToken() == null ? "" : page.nextToken();
    } while (!token.isEmpty());
    return versions;
  }

  private static List<Dimension> own(String model, int version) {
    return List.of(dimension("Model", model), dimension("Version", Integer.toString(version)));
  }

  private static List<Dimension> lambda(String function, int version) {
    return List.of(
        dimension("FunctionName", function),
        dimension("Resource", function + ":" + AliasStore.LIVE),
        dimension("ExecutedVersion", Integer.toString(version)));
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
