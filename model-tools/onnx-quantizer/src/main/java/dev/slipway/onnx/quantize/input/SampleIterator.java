package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.quantize.CalibrationTensor;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** A known number of samples, read one after the other from files that are closed at the end. */
abstract class SampleIterator implements Iterator<Map<String, CalibrationTensor>> {
  private final int samples;
  private int place;

  SampleIterator(int samples) {
    this.samples = samples;
  }

  /** {@return the sample at this place; asked in order, each place once} */
  abstract Map<String, CalibrationTensor> read(int place);

  /** Called after the last one was read. */
  abstract void close();

  @Override
  public final boolean hasNext() {
    return place < samples;
  }

  @Override
  public final Map<String, CalibrationTensor> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no sample left");
    }
    Map<String, CalibrationTensor> sample = read(place);
    place++;
    if (place == samples) {
      close();
    }
    return sample;
  }
}
