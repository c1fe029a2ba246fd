package dev.slipway.control.aws;

import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.Counters;
import dev.slipway.release.judge.Counts;
import dev.slipway.release.judge.WarmRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * Sums of the counters that versions write (namespace {@code Slipway}, per Model and Version), and
 * of Lambda's own Errors, which see crashes, time-outs and lack of memory.
 */
final class CloudWatchCounters implements Counters {
  private static final String ERRORS = "Errors";
  private static final List<String> OWN = List.of("Requests", "Failed", "Invalid", "Slow");

  /** Finer periods are kept for three hours only (CloudWatch, "Metrics retention"). */
  private static final Duration FINE_FOR = Duration.ofHours(2);

  private static final int FINE_SECONDS = 10;
  private static final int MINUTE = 60;

  private final CloudWatchClient cloudWatch;

  CloudWatchCounters(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public Optional<Map<Integer, Counts>> sums(
      String model, String function, Set<Integer> versions, Instant from, Instant to) {
    Instant begin = from.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    if (!begin.isBefore(to)) {
      return Optional.of(counts(versions, Map.of()));
    }
    try {
      return read(queries(model, function, versions, period(begin, to)), begin, to)
          .map(sums -> counts(versions, sums));
    } catch (ControlPlaneException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<WarmRequests> latency(
      String model, int candidate, int baseline, double harmlessMillis, Instant from, Instant to) {
    return new CloudWatchLatency(cloudWatch, harmlessMillis)
        .read(model, candidate, baseline, from, to);
  }

  /** One second while the window is short: else its first, cut period could hold old requests. */
  private static int period(Instant from, Instant to) {
    Duration window = Duration.between(from, to);
    if (window.compareTo(Duration.ofSeconds(MINUTE)) <= 0) {
      return 1;
    }
    return window.compareTo(FINE_FOR) <= 0 ? FINE_SECONDS : MINUTE;
  }

  private static List<MetricDataQuery> queries(
      String model, String function, Set<Integer> versions, int period) {
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int version : versions) {
      List<Dimension> own =
          List.of(dimension("Model", model), dimension("Version", Integer.toString(version)));
      OWN.forEach(name -> queries.add(query("Slipway", name, version, own, period)));
      List<Dimension> lambda =
          List.of(
              dimension("FunctionName", function),
              dimension("Resource", function + ":" + AliasStore.LIVE),
              dimension("ExecutedVersion", Integer.toString(version)));
      queries.add(query("AWS/Lambda", ERRORS, version, lambda, MINUTE));
    }
    return queries;
  }

  private static MetricDataQuery query(
      String namespace, String name, int version, List<Dimension> dimensions, int period) {
    return MetricDataQuery.builder()
        .id(id(name, version))
        .metricStat(stat ->
            stat.stat("Sum")
                .period(period)
                .metric(
                    metric -> metric.namespace(namespace).metricName(name).dimensions(dimensions)))
        .build();
  }

  private Optional<Map<String, Double>> read(
      List<MetricDataQuery> queries, Instant from, Instant to) {
    Map<String, Double> sums = new HashMap<>();
    String token = "";
    do {
      String next = token;
      GetMetricDataResponse page =
          Calls.call(
              "read counters",
              () ->
                  cloudWatch.getMetricData(get ->
                      get.metricDataQueries(queries)
                          .startTime(from)
                          .endTime(to)
                          .nextToken(next.isEmpty() ? null : next)));
      for (MetricDataResult result : page.metricDataResults()) {
        if (result.statusCode() != null
            && result.statusCode() != StatusCode.COMPLETE
            && result.statusCode() != StatusCode.PARTIAL_DATA) {
          return Optional.empty();
        }
        result.values().forEach(value -> sums.merge(result.id(), value, Double::sum));
      }
      token = page.nextToken() == null ? "" : page.nextToken();
    } while (!token.isEmpty());
    return Optional.of(sums);
  }

  private static Map<Integer, Counts> counts(Set<Integer> versions, Map<String, Double> sums) {
    Map<Integer, Counts> counts = new TreeMap<>();
    for (int version : versions) {
      long crashes = sum(sums, ERRORS, version);
      counts.put(
          version,
          new Counts(
              sum(sums, "Requests", version) + crashes,
              sum(sums, "Failed", version) + crashes,
              sum(sums, "Invalid", version),
              sum(sums, "Slow", version)));
    }
    return counts;
  }

  private static long sum(Map<String, Double> sums, String name, int version) {
    return Math.round(sums.getOrDefault(id(name, version), 0.0));
  }

  private static String id(String name, int version) {
    return name.toLowerCase(java.util.Locale.ROOT) + version;
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
