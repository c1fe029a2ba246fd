package dev.slipway.pipeline.pack;

import dev.slipway.bundle.GoldenCase;
import dev.slipway.bundle.GoldenCases;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.ArrayValue;
import dev.slipway.bundle.json.JsonValue.NullValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import dev.slipway.bundle.json.JsonValue.TextValue;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.evaluate.Answers;
import dev.slipway.pipeline.evaluate.RequestTensors;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.features.TensorNames;
import dev.slipway.runtime.LoadedModel;
import dev.slipway.runtime.Prediction;
import dev.slipway.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes golden requests of held-out rows, with the answers of the very model that is packed. */
public final class GoldenMaker {
  private static final int SINGLE_ROWS = 8;
  private static final int BATCH_ROWS = 4;

  /**
   * Rounding of an activation that lies on the edge between two 8-bit steps may differ between
   * processors; the answer then moves by about one step.
   */
  private static final double INT8_TOLERANCE = 1e-2;

  /** By how much the best probability leads the next in a golden row. */
  private static final double SURE = 0.1;

  private static final double FLOAT_TOLERANCE = 1e-4;

  private final LoadedModel model;
  private final ModelSchema schema;
  private final double tolerance;

  /**
   * Prepares the maker.
   *
   * @param integers whether the model computes in 8 bits
   */
  public GoldenMaker(LoadedModel model, ModelSchema schema, boolean integers) {
    this.model = model;
    this.schema = schema;
    this.tolerance = integers ? INT8_TOLERANCE : FLOAT_TOLERANCE;
  }

  /**
   * {@return some single rows and one batch; rows near a decision only where there are no others}
   */
  public GoldenCases of(Rows rows) {
    boolean[] sure = sure(rows);
    List<Integer> chosen = new ArrayList<>();
    for (boolean wanted : new boolean[] {true, false}) {
      for (int row = 0; row < rows.size() && chosen.size() < SINGLE_ROWS; row++) {
        if (sure[row] == wanted) {
          chosen.add(row);
        }
      }
    }
    List<GoldenCase> cases = new ArrayList<>();
    for (int row : chosen) {
      cases.add(golden("row-" + (row + 1), rows.part(row, 1)));
    }
    cases.add(golden("batch", rows.part(batchStart(sure), BATCH_ROWS)));
    return new GoldenCases(cases);
  }

  /** Whether rounding on another processor can hardly turn a row's label. */
  private boolean[] sure(Rows rows) {
    Answers answers = Answers.of(model, schema, rows);
    boolean[] sure = new boolean[rows.size()];
    for (int row = 0; row < sure.length; row++) {
      double best = answers.get(row, answers.best(row));
      boolean lead = true;
      for (int index = 0; index < answers.width(); index++) {
        boolean near = index != answers.best(row) && best - answers.get(row, index) < SURE;
        lead &= !near;
      }
      sure[row] = lead;
    }
    return sure;
  }

  private static int batchStart(boolean[] sure) {
    for (int start = 0; start + BATCH_ROWS <= sure.length; start++) {
      boolean all = true;
      for (int row = start; row < start + BATCH_ROWS; row++) {
        all &= sure[row];
      }
      if (all) {
        return start;
      }
    }
    return 0;
  }

  private GoldenCase golden(String name, Rows rows) {
    return switch (model.predict(RequestTensors.of(schema, rows))) {
      case Prediction.Valid(List<Tensor> outputs) ->
          new GoldenCase(
              name, request(rows), outputs.stream().map(Tensor::toNamed).toList(), tolerance);
      case Prediction.Invalid(List<String> problems) ->
          throw new PipelineRefusal("MODEL_ANSWER_INVALID", String.join("; ", problems));
    };
  }

  private JsonValue request(Rows rows) {
    List<JsonValue> inputs = new ArrayList<>();
    if (!schema.numbers().isEmpty()) {
      List<JsonValue> data = new ArrayList<>();
      for (float value : RequestTensors.numbers(schema, rows)) {
        data.add(Float.isNaN(value) ? NullValue.NULL : new NumberValue(literal(value)));
      }
      inputs.add(
          tensor(
              TensorNames.FEATURES,
              "FP32",
              List.of((long) rows.size(), (long) schema.numbers().size()),
              data));
    }
    for (int feature = 0; feature < schema.categories().size(); feature++) {
      List<JsonValue> data = new ArrayList<>();
      for (String word : RequestTensors.words(rows, feature)) {
        data.add(new TextValue(word));
      }
      inputs.add(
          tensor(
              schema.categoryTensors().get(feature), "BYTES", List.of((long) rows.size()), data));
    }
    return ObjectValue.of(List.of(Map.entry("inputs", new ArrayValue(inputs))));
  }

  /** The shortest decimal that reads back as the same 32-bit float, in JSON's grammar. */
  private static String literal(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1 << 24
        ? Long.toString((long) value)
        : Float.toString(value);
  }

  private static JsonValue tensor(
      String name, String datatype, List<Long> shape, List<JsonValue> data) {
    List<JsonValue> sizes = new ArrayList<>();
    shape.forEach(size -> sizes.add(new NumberValue(Long.toString(size))));
    return ObjectValue.of(
        List.of(
            Map.entry("name", new TextValue(name)),
            Map.entry("shape", new ArrayValue(sizes)),
            Map.entry("datatype", new TextValue(datatype)),
            Map.entry("data", new ArrayValue(data))));
  }
}
