package dev.slipway.onnx.quantize.input;

import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.ValueType;
import dev.slipway.onnx.quantize.CalibrationSet;
import java.io.BufferedInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Opens calibration data for any model: {@code .npz} with one array per graph input, {@code .npy}
 * for a model with one input, CSV, or a folder of {@code .npy} or {@code .pb} tensors. Samples are
 * read one at a time, however large the file. Stateless and thread-safe.
 */
public final class CalibrationFiles {
  /** Operators by which a model shows that it knows what to do with "not a number". */
  private static final Set<String> HANDLE_MISSING =
      Set.of("IsNaN", "Imputer", "TreeEnsembleClassifier", "TreeEnsembleRegressor", "TreeEnsemble");

  private CalibrationFiles() {}

  /**
   * {@return the samples in the file or folder}
   *
   * @throws dev.slipway.onnx.quantize.QuantizeException if it cannot be read or does not fit the
   *     model's inputs: every mismatch of name, shape and type in one message. What only the
   *     elements show (a value that is not finite, a broken end) is thrown while iterating.
   */
  public static CalibrationSet open(Path data, OnnxModel model) {
    List<ValueType> inputs = model.inputs();
    if (inputs.isEmpty()) {
      throw Unreadable.mismatch("the model has no inputs, so no recipe can be calibrated on it");
    }
    Elements elements =
        new Elements(model.nodes().stream().map(Node::type).anyMatch(HANDLE_MISSING::contains));
    if (!Files.exists(data)) {
      throw Unreadable.file(data, "there is no such file or folder");
    }
    String name = String.valueOf(data.getFileName()).toLowerCase(Locale.ROOT);
    if (Files.isDirectory(data)) {
      return FolderSamples.of(data, inputs, elements);
    }
    if (name.endsWith(".npz")) {
      return StackedSamples.of(data.toString(), inputs, ZippedArrays.of(data), elements);
    }
    if (name.endsWith(".npy")) {
      return single(data, inputs, elements);
    }
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return CsvSamples.of(data, inputs, elements);
    }
    throw Unreadable.file(
        data, "expected .npz, .npy, .csv, .csv.gz or a folder of .npy or .pb tensors");
  }

  static StackedArray array(Path file) {
    return StackedArray.of(
        file.toString(), () -> new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static CalibrationSet single(Path file, List<ValueType> inputs, Elements elements) {
    if (inputs.size() > 1) {
      throw Unreadable.mismatch(
          "%s holds one array, the model has the inputs %s; give an .npz with one array for each"
              .formatted(file, inputs.stream().map(ValueType::name).toList()));
    }
    return StackedSamples.of(
        file.toString(), inputs, Map.of(inputs.getFirst().name(), array(file)), elements);
  }
}
