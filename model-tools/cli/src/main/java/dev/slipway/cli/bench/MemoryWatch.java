package dev.slipway.cli.bench;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks once a second at the memory of a local system and keeps the peak. Safe for threads. */
final class MemoryWatch implements AutoCloseable {
  private final SystemProcesses processes;
  private final MemoryMeasure measure;
  private final AtomicLong peak = new AtomicLong();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private MemoryWatch(SystemProcesses processes, MemoryMeasure measure) {
    this.processes = processes;
    this.measure = measure;
  }

  /** Begins to watch the system whose state lies in {@code home}, until closed. */
  static MemoryWatch of(Path home, MemoryMeasure measure) {
    MemoryWatch watch = new MemoryWatch(new SystemProcesses(Path.of("/proc"), home), measure);
    var _ = watch.clock.scheduleWithFixedDelay(watch::now, 0, 1, TimeUnit.SECONDS);
    return watch;
  }

  /** {@return bytes in use now} */
  long now() {
    long sum = processes.now().stream().mapToLong(measure::bytes).sum();
    peak.accumulateAndGet(sum, Math::max);
    return sum;
  }

  /** {@return the most bytes seen so far} */
  long peak() {
    return peak.get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
