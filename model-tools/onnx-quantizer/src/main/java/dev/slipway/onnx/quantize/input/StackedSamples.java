package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.quantize.CalibrationSet;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** One stacked array per graph input, read in step. */
final class StackedSamples implements CalibrationSet {
  private record Lane(ValueType input, StackedArray array, Fit.Taken fit) {}

  private final List<Lane> lanes;
  private final int samples;
  private final Elements elements;

  private StackedSamples(List<Lane> lanes, int samples, Elements elements) {
    this.lanes = lanes;
    this.samples = samples;
    this.elements = elements;
  }

  /** {@return the samples, or refuses with everything that does not fit} */
  static StackedSamples of(
      String where, List<ValueType> inputs, Map<String, StackedArray> arrays, Elements elements) {
    Map<String, StackedArray> unused = new TreeMap<>(arrays);
    List<String> problems = new ArrayList<>();
    List<Lane> lanes = new ArrayList<>();
    for (ValueType input : inputs) {
      StackedArray array = unused.remove(input.name());
      if (array == null) {
        problems.add(
            "no array for the model's input '%s'; found %s"
                .formatted(input.name(), new TreeSet<>(arrays.keySet())));
      } else {
        lane(input, array, lanes, problems);
      }
    }
    if (!unused.isEmpty()) {
      problems.add(
          "arrays %s are no inputs of the model; its inputs are %s"
              .formatted(unused.keySet(), inputs.stream().map(ValueType::name).toList()));
    }
    if (lanes.stream().map(lane -> lane.fit().samples()).distinct().count() > 1) {
      Map<String, Long> counts = new LinkedHashMap<>();
      lanes.forEach(lane -> counts.put(lane.input().name(), lane.fit().samples()));
      problems.add("inputs have different numbers of samples: " + counts);
    }
    if (!problems.isEmpty()) {
      throw Unreadable.mismatch(where + ": " + String.join("; ", problems));
    }
    long samples = lanes.getFirst().fit().samples();
    if (samples == 0) {
      throw new QuantizeException(
          Code.CALIBRATION_MISSING, where + " holds no sample; give some tens of real inputs");
    }
    return new StackedSamples(List.copyOf(lanes), Math.toIntExact(samples), elements);
  }

  private static void lane(
      ValueType input, StackedArray array, List<Lane> lanes, List<String> problems) {
    int before = problems.size();
    Elements.obstacle(array.header().type(), input.elementType())
        .ifPresent(why -> problems.add("input '%s': %s".formatted(input.name(), why)));
    switch (Fit.of(input, array.header().shape())) {
      case Fit.Refused(String why) -> problems.add("input '%s': %s".formatted(input.name(), why));
      case Fit.Taken taken
          when taken.elements() * array.header().type().bytes() > Integer.MAX_VALUE ->
          problems.add("input '%s': one sample has more than 2 GB".formatted(input.name()));
      case Fit.Taken taken when before == problems.size() ->
          lanes.add(new Lane(input, array, taken));
      case Fit.Taken _ -> {
        // The type was refused already.
      }
    }
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public Iterator<Map<String, CalibrationTensor>> iterator() {
    List<StackedArray.Reader> readers = new ArrayList<>();
    try {
      for (Lane lane : lanes) {
        readers.add(lane.array().reader());
      }
    } catch (IOException gone) {
      throw Unreadable.file(lanes.getFirst().array().where(), "cannot be read again", gone);
    }
    return new Rows(readers);
  }

  private final class Rows extends SampleIterator {
    private final List<StackedArray.Reader> readers;

    Rows(List<StackedArray.Reader> readers) {
      super(samples);
      this.readers = readers;
    }

    @Override
    Map<String, CalibrationTensor> read(int place) {
      Map<String, CalibrationTensor> sample = new LinkedHashMap<>();
      for (int i = 0; i < lanes.size(); i++) {
        Lane lane = lanes.get(i);
        sample.put(
            lane.input().name(),
            elements.tensor(
                readers.get(i).next(Math.toIntExact(lane.fit().elements())),
                lane.array().header().type(),
                lane.input().elementType(),
                lane.fit().shape(),
                "input '%s', sample %d".formatted(lane.input().name(), place)));
      }
      return sample;
    }

    @Override
    void close() {
      try {
        for (StackedArray.Reader reader : readers) {
          reader.expectEnd();
          reader.close();
        }
      } catch (IOException failure) {
        throw Unreadable.file(lanes.getFirst().array().where(), "cannot be closed", failure);
      }
    }
  }
}
