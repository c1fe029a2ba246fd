package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.quantize.CalibrationSet;
import dev.slipway.onnx.quantize.CalibrationTensor;
import dev.slipway.onnx.quantize.QuantizeException;
import dev.slipway.onnx.quantize.QuantizeException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder in one of three forms: {@code NAME.npy} per input with stacked samples; a folder per
 * sample with {@code NAME.npy}, {@code NAME.pb} or {@code input_0.pb} …, as the ONNX tests have
 * them; or, for a model with one input, a file per sample.
 */
final class FolderSamples implements CalibrationSet {
  private final List<Map<ValueType, Path>> samples;
  private final Elements elements;

  private FolderSamples(List<Map<ValueType, Path>> samples, Elements elements) {
    this.samples = samples;
    this.elements = elements;
  }

  static CalibrationSet of(Path folder, List<ValueType> inputs, Elements elements) {
    List<Path> folders = list(folder).stream().filter(Files::isDirectory).toList();
    if (!folders.isEmpty()) {
      return new FolderSamples(folders.stream().map(one -> sample(one, inputs)).toList(), elements);
    }
    List<Path> files = list(folder).stream().filter(FolderSamples::isTensor).toList();
    if (files.isEmpty()) {
      throw new QuantizeException(
          Code.CALIBRATION_MISSING,
          folder + " holds no .npy or .pb tensor and no folder of them; give some tens of samples");
    }
    Map<String, Path> byName = new HashMap<>();
    files.forEach(file -> byName.put(stem(file), file));
    if (inputs.stream().allMatch(input -> isArray(byName.get(input.name())))) {
      Map<String, StackedArray> arrays = new LinkedHashMap<>();
      files.forEach(file -> arrays.put(stem(file), CalibrationFiles.array(file)));
      return StackedSamples.of(folder.toString(), inputs, arrays, elements);
    }
    if (inputs.size() == 1) {
      return new FolderSamples(
          files.stream().map(file -> Map.of(inputs.getFirst(), file)).toList(), elements);
    }
    return new FolderSamples(List.of(sample(folder, inputs)), elements);
  }

  private static boolean isArray(@org.jspecify.annotations.Nullable Path file) {
    return file != null && file.toString().endsWith(".npy");
  }

  private static Map<ValueType, Path> sample(Path folder, List<ValueType> inputs) {
    Map<String, Path> byName = new HashMap<>();
    list(folder).stream()
        .filter(FolderSamples::isTensor)
        .forEach(file -> byName.put(stem(file), file));
    Map<ValueType, Path> sample = new LinkedHashMap<>();
    for (int place = 0; place < inputs.size(); place++) {
      String name = inputs.get(place).name();
      Path file = byName.getOrDefault(name, byName.get("input_" + place));
      if (file == null) {
        throw Unreadable.mismatch(
            "%s: expected %s.npy, %s.pb, input_%d.npy or input_%d.pb for the model's input '%s', found %s"
                .formatted(folder, name, name, place, place, name, byName.keySet()));
      }
      sample.put(inputs.get(place), file);
    }
    return sample;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted(
              Comparator.comparingInt((Path file) -> stem(file).length())
                  .thenComparing(FolderSamples::stem))
          .toList();
    } catch (IOException failure) {
      throw Unreadable.file(folder, "cannot be listed: " + failure.getMessage(), failure);
    }
  }

  private static boolean isTensor(Path file) {
    String name = file.toString();
    return name.endsWith(".npy") || name.endsWith(".pb");
  }

  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.(npy|pb)$", "");
  }

  @Override
  public int samples() {
    return samples.size();
  }

  @Override
  public Iterator<Map<String, CalibrationTensor>> iterator() {
    return samples.stream().map(this::read).iterator();
  }

  private Map<String, CalibrationTensor> read(Map<ValueType, Path> files) {
    List<String> problems = new ArrayList<>();
    Map<String, CalibrationTensor> sample = new LinkedHashMap<>();
    files.forEach((input, file) -> {
      try {
        sample.put(
            input.name(),
            file.toString().endsWith(".pb")
                ? TensorFile.read(file, input, elements)
                : array(CalibrationFiles.array(file), input));
      } catch (QuantizeException misfit) {
        if (misfit.code() != Code.CALIBRATION_MISMATCH) {
          throw misfit;
        }
        problems.add(
            String.valueOf(misfit.getMessage()).replaceFirst("^CALIBRATION_MISMATCH: ", ""));
      }
    });
    if (!problems.isEmpty()) {
      throw Unreadable.mismatch(String.join("; ", problems));
    }
    return sample;
  }

  private CalibrationTensor array(StackedArray array, ValueType input) {
    NpyHeader header = array.header();
    Elements.obstacle(header.type(), input.elementType())
        .ifPresent(why -> {
          throw Unreadable.mismatch(
              "%s, input '%s': %s".formatted(array.where(), input.name(), why));
        });
    if (!Fit.whole(input, header.shape())) {
      throw Unreadable.mismatch(
          "%s, input '%s': expected %s, found %s"
              .formatted(
                  array.where(),
                  input.name(),
                  input.shape().map(Object::toString).orElse("any shape"),
                  header.shape()));
    }
    int count = Math.toIntExact(header.shape().stream().reduce(1L, Math::multiplyExact));
    try (StackedArray.Reader reader = array.reader()) {
      return elements.tensor(
          reader.next(count), header.type(), input.elementType(), header.shape(), array.where());
    } catch (IOException gone) {
      throw Unreadable.file(array.where(), "cannot be read", gone);
    }
  }
}
