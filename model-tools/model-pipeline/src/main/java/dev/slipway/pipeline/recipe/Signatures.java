package dev.slipway.pipeline.recipe;

import dev.slipway.bundle.Column;
import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.ModelSchema.CategoryFeature;
import dev.slipway.pipeline.features.ModelSchema.NumberFeature;
import dev.slipway.pipeline.features.TensorNames;
import dev.slipway.runtime.ModelSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tensors of a tabular model as the bundle's manifest declares them. */
public final class Signatures {
  private Signatures() {}

  /** {@return the signature of the model of a schema} */
  public static ModelSignature of(ModelSchema schema) {
    List<InputTensor> inputs = new ArrayList<>();
    if (!schema.numbers().isEmpty()) {
      inputs.add(
          new InputTensor(
              TensorNames.FEATURES,
              Datatype.FP32,
              Shape.of(Shape.ANY, schema.numbers().size()),
              schema.numbers().stream().map(Signatures::column).toList()));
    }
    for (int index = 0; index < schema.categories().size(); index++) {
      CategoryFeature feature = schema.categories().get(index);
      inputs.add(
          new InputTensor(
              schema.categoryTensors().get(index),
              Datatype.BYTES,
              Shape.of(Shape.ANY),
              List.of(Column.category(feature.name(), feature.required()))));
    }
    return new ModelSignature(inputs, outputs(schema));
  }

  private static Column column(NumberFeature feature) {
    return new Column(
        feature.name(),
        Column.Type.NUMBER,
        feature.required(),
        optional(feature.minimum()),
        optional(feature.maximum()));
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static List<OutputTensor> outputs(ModelSchema schema) {
    if (!schema.classifies()) {
      return List.of(
          new OutputTensor(
              TensorNames.PREDICTION, Datatype.FP32, Shape.of(Shape.ANY, 1), List.of()));
    }
    return List.of(
        new OutputTensor(TensorNames.LABEL, Datatype.BYTES, Shape.of(Shape.ANY), List.of()),
        new OutputTensor(
            TensorNames.PROBABILITIES,
            Datatype.FP32,
            Shape.of(Shape.ANY, schema.labels().size()),
            schema.labels()));
  }
}
