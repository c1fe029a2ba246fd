package dev.slipway.onnx.quantize;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Calibration data whose number of samples is known. Thread-safe if its iterators are separate. */
public interface CalibrationSet extends CalibrationData {
  /** {@return the number of samples, at least 1} */
  int samples();

  /** {@return the samples whose place, counted from 0, is wanted; still read from the start} */
  default CalibrationSet part(IntPredicate wanted) {
    int count = 0;
    for (int place = 0; place < samples(); place++) {
      count += wanted.test(place) ? 1 : 0;
    }
    return new Part(this, wanted, count);
  }

  /** {@return data as a set of this many samples} */
  static CalibrationSet of(CalibrationData data, int samples) {
    return new Part(data, _ -> true, samples);
  }

  /**
   * Some samples of a set.
   *
   * @param whole where they come from
   * @param wanted which places
   * @param samples how many they are
   */
  record Part(CalibrationData whole, IntPredicate wanted, int samples) implements CalibrationSet {
    @Override
    public Iterator<Map<String, CalibrationTensor>> iterator() {
      Iterator<Map<String, CalibrationTensor>> all = whole.iterator();
      return new Iterator<>() {
        private int place;
        private @Nullable Map<String, CalibrationTensor> next;

        @Override
        public boolean hasNext() {
          while (next == null && all.hasNext()) {
            Map<String, CalibrationTensor> sample = all.next();
            next = wanted.test(place++) ? sample : null;
          }
          return next != null;
        }

        @Override
        public Map<String, CalibrationTensor> next() {
          Map<String, CalibrationTensor> sample = next;
          if (!hasNext() || (sample = next) == null) {
            throw new NoSuchElementException("no sample left");
          }
          next = null;
          return sample;
        }
      };
    }
  }
}
