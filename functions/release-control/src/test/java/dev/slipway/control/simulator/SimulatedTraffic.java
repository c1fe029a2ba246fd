package dev.slipway.control.simulator;

import dev.slipway.control.port.AlarmPort;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.Counters;
import dev.slipway.release.AliasContent;
import dev.slipway.release.judge.Counts;
import dev.slipway.release.judge.WarmRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Requests that reach versions through the alias, what they count, and the alarms on it. */
public final class SimulatedTraffic implements Counters, AlarmPort {
  private record Sample(int version, Instant at, Counts counts) {}

  private final Faults faults;
  private final SimulatedTime time;
  private final LambdaControlPlaneSimulator lambda;
  private final List<Sample> samples = new ArrayList<>();
  private final Set<Integer> made = new TreeSet<>();
  private final Set<Integer> raised = new HashSet<>();
  private final Set<Integer> failing = new HashSet<>();
  private final Set<Integer> slow = new HashSet<>();
  private boolean unreadable;

  SimulatedTraffic(Faults faults, SimulatedTime time, LambdaControlPlaneSimulator lambda) {
    this.faults = faults;
    this.time = time;
    this.lambda = lambda;
  }

  /** Sends requests through the alias, split exactly by its weights. */
  public void send(int requests) {
    lambda
        .alias()
        .ifPresent(alias -> {
          AliasContent content = alias.content();
          int other = requests * content.weightPercent() / 100;
          record(content.primary(), requests - other);
          content.secondary().ifPresent(version -> record(version, other));
        });
  }

  /** Every request to this version fails from now on. */
  public void fail(int version) {
    failing.add(version);
  }

  /** Half of this version's requests take longer than the others' 90th percentile from now on. */
  public void slow(int version) {
    slow.add(version);
  }

  /** Puts the alarms of a version into ALARM, or out of it. */
  public void raise(int version, boolean alarm) {
    if (alarm) {
      raised.add(version);
    } else {
      raised.remove(version);
    }
  }

  /** From now on the counters cannot be read, or can again. */
  public void unreadable(boolean now) {
    unreadable = now;
  }

  /** {@return the versions whose alarms are in ALARM} */
  public Set<Integer> raised() {
    return Set.copyOf(raised);
  }

  /** {@return the versions that have alarms} */
  public Set<Integer> watched() {
    return Set.copyOf(made);
  }

  private void record(int version, int requests) {
    int failed = failing.contains(version) ? requests : 0;
    samples.add(new Sample(version, time.now(), new Counts(requests, failed, 0, 0)));
  }

  @Override
  public Optional<Map<Integer, Counts>> sums(
      String model, String function, Set<Integer> versions, Instant from, Instant to) {
    if (unreadable) {
      return Optional.empty();
    }
    return faults.call(
        "GetMetricData",
        () -> {
          Map<Integer, Counts> sums = new TreeMap<>();
          versions.forEach(version -> sums.put(version, sum(version, from, to)));
          return Optional.of(sums);
        });
  }

  @Override
  public Optional<WarmRequests> latency(
      String model, int candidate, int baseline, double harmlessMillis, Instant from, Instant to) {
    return faults.call(
        "GetMetricData",
        () -> {
          long warm = sum(candidate, from, to).requests();
          long above = slow.contains(candidate) ? warm / 2 : warm / 10;
          return warm == 0
              ? Optional.empty()
              : Optional.of(new WarmRequests(above, warm, sum(baseline, from, to).requests()));
        });
  }

  private Counts sum(int version, Instant from, Instant to) {
    long requests = 0;
    long failed = 0;
    for (Sample sample : samples) {
      if (sample.version() == version && !sample.at().isBefore(from) && !sample.at().isAfter(to)) {
        requests += sample.counts().requests();
        failed += sample.counts().failed();
      }
    }
    return new Counts(requests, failed, 0, 0);
  }

  @Override
  public void make(String model, String function, int version, Duration period, String topicArn) {
    faults.run("PutMetricAlarm", () -> made.add(version));
  }

  @Override
  public void remove(String model, int version) {
    faults.run("DeleteAlarms", () -> made.remove(version));
  }

  @Override
  public Set<Integer> inAlarm(String model) {
    return faults.call(
        "DescribeAlarms",
        () -> {
          if (unreadable) {
            throw new ControlPlaneException(Kind.UNKNOWN, "SIMULATOR: unreadable");
          }
          Set<Integer> versions = new TreeSet<>(raised);
          versions.retainAll(made);
          return versions;
        });
  }
}
