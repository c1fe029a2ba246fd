package dev.slipway.pipeline.recipe;

import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.train.ModelSearch;
import dev.slipway.spec.ClassWeights;
import dev.slipway.spec.TrainerKind;
import dev.slipway.spec.TrainingSpec;

/** Says in the words of the search what a {@code model.yaml} says about training. */
final class SearchSettings {
  private SearchSettings() {}

  static ModelSearch.Settings of(TrainingSpec training) {
    TrainerKind trainer = training.trainer();
    boolean linear = trainer == TrainerKind.AUTO || trainer == TrainerKind.LINEAR;
    boolean perceptron = trainer == TrainerKind.AUTO || trainer == TrainerKind.MLP;
    if (!linear && !perceptron) {
      throw new PipelineRefusal(
          "TRAINER_UNSUPPORTED",
          "training.trainer is %s; expected auto, linear or mlp (or onnx, with a finished model)"
              .formatted(trainer.word()));
    }
    return new ModelSearch.Settings(
        linear,
        perceptron,
        training.search().method(),
        training.search().trials(),
        training.maxEpochs(),
        training.patience(),
        training.classWeights() == ClassWeights.BALANCED);
  }
}
