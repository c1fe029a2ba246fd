package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The section {@code model:} of a model that is uploaded finished ({@code trainer: onnx}): what the
 * ONNX graph takes and gives, and which files beside it help to judge it.
 *
 * @param inputs empty: as the graph says
 * @param outputs empty: as the graph says
 * @param labels names of the classes in the order of the probabilities; empty: their numbers
 * @param golden file with requests and the replies expected
 * @param calibration file with rows to quantize with
 */
public record UploadedModelSpec(
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    List<String> labels,
    Optional<String> golden,
    Optional<String> calibration) {
  static final TensorSpec.Keys INPUT = TensorSpec.Keys.below("inputs", "input");
  static final TensorSpec.Keys OUTPUT = TensorSpec.Keys.below("outputs", "output");
  static final Setting<List<String>> LABELS =
      Setting.of(
          "model.labels",
          Values.list(
              "2 to 10000 different labels",
              Names.LABEL,
              labels ->
                  labels.size() >= 2
                      && labels.size() <= 10_000
                      && labels.stream().distinct().count() == labels.size()),
          List.of(),
          "names of the classes in the order of the probabilities");
  static final Setting<String> GOLDEN =
      Setting.bare("model.golden", Names.FILE, "file with requests and the replies expected");
  static final Setting<String> CALIBRATION =
      Setting.bare("model.calibration", Names.FILE, "file with rows to quantize with");

  static final List<Setting<?>> SETTINGS =
      Stream.of(INPUT.settings(), OUTPUT.settings(), List.of(LABELS, GOLDEN, CALIBRATION))
          .<Setting<?>>flatMap(List::stream)
          .toList();

  /** Nothing said: everything is read from the graph. */
  public static final UploadedModelSpec UNSPECIFIED =
      new UploadedModelSpec(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

  /** Keeps copies of the lists. */
  public UploadedModelSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    labels = List.copyOf(labels);
  }

  static UploadedModelSpec read(Area area) {
    UploadedModelSpec model =
        new UploadedModelSpec(
            TensorSpec.readAll(area, "inputs", INPUT),
            TensorSpec.readAll(area, "outputs", OUTPUT),
            area.get(LABELS),
            area.find(GOLDEN),
            area.find(CALIBRATION));
    area.refuseUnknown();
    return model;
  }

  void write(ObjectNode json) {
    writeAll(json.putArray("inputs"), inputs, INPUT);
    writeAll(json.putArray("outputs"), outputs, OUTPUT);
    if (!labels.isEmpty()) {
      json.set("labels", LABELS.toJson(labels));
    }
    golden.ifPresent(value -> json.set("golden", GOLDEN.toJson(value)));
    calibration.ifPresent(value -> json.set("calibration", CALIBRATION.toJson(value)));
  }

  private static void writeAll(ArrayNode json, List<TensorSpec> tensors, TensorSpec.Keys keys) {
    tensors.forEach(tensor -> tensor.write(json.addObject(), keys));
  }
}
