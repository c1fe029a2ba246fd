package dev.slipway.onnx.quantize;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.slipway.onnx.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A float model and a quantized one, run in turn on the same samples in one process, each on one
 * thread.
 *
 * @param decibel signal-to-quantization-noise ratio over all float outputs, see {@link Fidelity}
 * @param agreement share of the samples on which both decide alike; 1 without decisions
 * @param exactMeasure what the float model reaches on the labels
 * @param roughMeasure what the quantized model reaches on the labels
 * @param exactTimes how long one run of the float model takes
 * @param roughTimes how long one run of the quantized model takes
 * @param samples how many samples were compared
 */
public record Comparison(
    double decibel,
    double agreement,
    Optional<Measure> exactMeasure,
    Optional<Measure> roughMeasure,
    Times exactTimes,
    Times roughTimes,
    int samples) {
  /**
   * What a model reaches on labels.
   *
   * @param name {@code accuracy}, or {@code rmse}: the root of the mean squared error
   * @param value from 0 to 1 for accuracy
   */
  public record Measure(String name, double value) {
    /** {@return how much worse {@code other} is: points of accuracy, or growth of the rmse} */
    public double drop(Measure other) {
      return "accuracy".equals(name)
          ? value - other.value
          : (other.value - value) / Math.max(value, Double.MIN_NORMAL);
    }
  }

  /** {@return how much worse the quantized model is on the labels} */
  public Optional<Double> drop() {
    return exactMeasure.flatMap(exact -> roughMeasure.map(exact::drop));
  }

  /**
   * Durations of one run.
   *
   * @param p50 the median in microseconds
   * @param p99 the 99th percentile in microseconds
   */
  public record Times(double p50, double p99) {
    static Times of(List<Long> nanos) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return new Times(at(sorted, 0.5), at(sorted, 0.99));
    }

    private static double at(List<Long> sorted, double share) {
      return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())))
          / 1000.0;
    }
  }

  /** Runs for the clock only, at most. */
  private static final int MOST_EXTRA = 200;

  private static final long EXTRA_NANOS = 1_000_000_000L;

  /**
   * {@return the comparison}
   *
   * @throws QuantizeException if there is no sample, a model fails on one, or labels do not fit
   */
  public static Comparison of(
      OnnxModel exact, OnnxModel rough, CalibrationSet samples, Optional<Labels> labels) {
    return SideBySide.open(
        exact,
        rough,
        OptLevel.ALL_OPT,
        (first, second) -> new Run(first, second, samples, labels).compare());
  }

  private static final class Run {
    private final OrtSession first;
    private final OrtSession second;
    private final CalibrationSet samples;
    private final Optional<Labels> labels;
    private final List<Long> firstNanos = new ArrayList<>();
    private final List<Long> secondNanos = new ArrayList<>();

    Run(OrtSession first, OrtSession second, CalibrationSet samples, Optional<Labels> labels) {
      this.first = first;
      this.second = second;
      this.samples = samples;
      this.labels = labels;
    }

    Comparison compare() throws OrtException {
      Noise noise = new Noise();
      Decisions exact = new Decisions(labels);
      Decisions rough = new Decisions(labels);
      Map<String, CalibrationTensor> last = Map.of();
      int count = 0;
      for (Map<String, CalibrationTensor> sample : samples) {
        try (SampleInputs inputs = SampleInputs.open(sample);
            OrtSession.Result expected = timed(first, inputs, firstNanos);
            OrtSession.Result found = timed(second, inputs, secondNanos)) {
          noise.add(expected, found);
          exact.add(expected, count);
          rough.add(found, count);
        }
        last = sample;
        count++;
      }
      if (count == 0) {
        throw SideBySide.noSamples();
      }
      repeat(last);
      return new Comparison(
          noise.decibel(),
          exact.agreement(rough),
          exact.measure(),
          rough.measure(),
          Times.of(firstNanos),
          Times.of(secondNanos),
          count);
    }

    /** The first runs warm up; with few samples the clock needs more. */
    private void repeat(Map<String, CalibrationTensor> sample) throws OrtException {
      int warm = Math.min(5, firstNanos.size() / 2);
      firstNanos.subList(0, warm).clear();
      secondNanos.subList(0, warm).clear();
      long end = System.nanoTime() + EXTRA_NANOS;
      try (SampleInputs inputs = SampleInputs.open(sample)) {
        while (firstNanos.size() < MOST_EXTRA && System.nanoTime() < end) {
          timed(first, inputs, firstNanos).close();
          timed(second, inputs, secondNanos).close();
        }
      }
    }

    private static OrtSession.Result timed(
        OrtSession session, SampleInputs inputs, List<Long> nanos) throws OrtException {
      long start = System.nanoTime();
      OrtSession.Result result = session.run(inputs.tensors());
      nanos.add(System.nanoTime() - start);
      return result;
    }
  }
}
