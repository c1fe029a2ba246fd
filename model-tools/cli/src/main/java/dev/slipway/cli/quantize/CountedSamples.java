package dev.slipway.cli.quantize;

import dev.slipway.cli.print.Console;
import dev.slipway.onnx.quantize.CalibrationSet;
import dev.slipway.onnx.quantize.CalibrationTensor;
import java.util.Iterator;
import java.util.Map;

/** Samples that move a bar on a terminal as they are read. */
final class CountedSamples implements CalibrationSet {
  private static final int BAR = 24;
  private static final long REDRAW_NANOS = 100_000_000;

  private final CalibrationSet samples;
  private final Console console;
  private volatile String step = "reading";

  CountedSamples(CalibrationSet samples, Console console) {
    this.samples = samples;
    this.console = console;
  }

  void step(String words) {
    step = words;
    console.replace(words);
  }

  @Override
  public int samples() {
    return samples.samples();
  }

  @Override
  public Iterator<Map<String, CalibrationTensor>> iterator() {
    Iterator<Map<String, CalibrationTensor>> source = samples.iterator();
    return new Iterator<>() {
      private int place;
      private long drawn = System.nanoTime();

      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public Map<String, CalibrationTensor> next() {
        place++;
        if (System.nanoTime() - drawn > REDRAW_NANOS) {
          drawn = System.nanoTime();
          int full = (int) ((long) BAR * place / samples());
          console.replace(
              "[%s%s] %d/%d %s"
                  .formatted("#".repeat(full), ".".repeat(BAR - full), place, samples(), step));
        }
        return source.next();
      }
    };
  }
}
