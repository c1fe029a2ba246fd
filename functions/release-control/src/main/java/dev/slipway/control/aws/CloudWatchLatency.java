package dev.slipway.control.aws;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.release.judge.WarmRequests;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/**
 * Warm latencies of two versions: first the baseline's 90th percentile, then how many of the
 * candidate's lie above a bound: twice that percentile, for a process that has just started runs
 * its first hundreds of requests before the JIT compiler is done (the same code, new beside old: a
 * third of the requests lay above the percentile itself), and never below what is harmless. One
 * period spans the whole window; where CloudWatch cuts it in two, the higher percentile counts, in
 * favour of the candidate.
 */
record CloudWatchLatency(CloudWatchClient cloudWatch, double harmlessMillis) {
  private static final double NEW_PROCESS = 2;
  private static final String COUNT = "SampleCount";
  private static final int MINUTE = 60;

  Optional<WarmRequests> read(String model, int candidate, int baseline, Instant from, Instant to) {
    try {
      Map<String, List<Double>> before =
          values(model, baseline, from, to, Map.of("p90", "p90", "count", COUNT));
      List<Double> percentiles = before.getOrDefault("p90", List.of());
      if (percentiles.isEmpty()) {
        return Optional.empty();
      }
      double slowest = percentiles.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      double bound = Math.max(NEW_PROCESS * slowest, harmlessMillis);
      String within = "TC(:" + BigDecimal.valueOf(bound).toPlainString() + ")";
      Map<String, List<Double>> after =
          values(model, candidate, from, to, Map.of("within", within, "count", COUNT));
      long warm = sum(after, "count");
      return warm == 0
          ? Optional.empty()
          : Optional.of(
              new WarmRequests(
                  Math.max(0, warm - sum(after, "within")), warm, sum(before, "count")));
    } catch (ControlPlaneException unreadable) {
      return Optional.empty();
    }
  }

  private Map<String, List<Double>> values(
      String model, int version, Instant from, Instant to, Map<String, String> statistics) {
    List<MetricDataQuery> queries =
        statistics.entrySet().stream()
            .map(wanted ->
                query(model, version, wanted.getKey(), wanted.getValue(), period(from, to)))
            .toList();
    Map<String, List<Double>> values = new HashMap<>();
    for (MetricDataResult result :
        Calls.call(
                "read latencies of version " + version,
                () ->
                    cloudWatch.getMetricData(
                        get -> get.metricDataQueries(queries).startTime(from).endTime(to)))
            .metricDataResults()) {
      values.put(result.id(), result.values());
    }
    return values;
  }

  /** Whole minutes (CloudWatch, "GetMetricData", Period). */
  private static int period(Instant from, Instant to) {
    long seconds = Math.max(1, Duration.between(from, to).toSeconds() + 1);
    return Math.toIntExact((seconds + MINUTE - 1) / MINUTE * MINUTE);
  }

  private static MetricDataQuery query(
      String model, int version, String id, String statistic, int period) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(stat ->
            stat.stat(statistic)
                .period(period)
                .metric(metric ->
                    metric
                        .namespace("Slipway")
                        .metricName("WarmLatency")
                        .dimensions(
                            dimension("Model", model),
                            dimension("Version", Integer.toString(version)))))
        .build();
  }

  private static long sum(Map<String, List<Double>> values, String id) {
    return Math.round(
        values.getOrDefault(id, List.of()).stream().mapToDouble(Double::doubleValue).sum());
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
