package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * How the model is trained.
 *
 * @param trainer which family of models
 * @param search how hyperparameters are searched
 * @param seed moves the split, the search and the weights
 * @param device where training computes
 * @param maxEpochs most passes over the training rows
 * @param patience passes without a better validation loss after which training ends
 * @param classWeights how much each class counts
 * @param timeout after which an attempt to train is ended
 */
public record TrainingSpec(
    TrainerKind trainer,
    SearchSpec search,
    long seed,
    Device device,
    int maxEpochs,
    int patience,
    ClassWeights classWeights,
    Duration timeout) {
  static final Setting<TrainerKind> TRAINER =
      Setting.of(
          "training.trainer",
          Values.oneOf(TrainerKind.class),
          TrainerKind.AUTO,
          "which family of models is trained");
  static final Setting<Long> SEED =
      Setting.of(
          "training.seed",
          Values.whole(0, Integer.MAX_VALUE),
          42L,
          "moves the split, the search and the weights; the same seed gives the same model");
  static final Setting<Device> DEVICE =
      Setting.of(
          "training.device", Values.oneOf(Device.class), Device.AUTO, "where training computes");
  static final Setting<Integer> MAX_EPOCHS =
      Setting.of(
          "training.maxEpochs", Values.count(1, 10_000), 200, "most passes over the training rows");
  static final Setting<Integer> PATIENCE =
      Setting.of(
          "training.patience",
          Values.count(1, 10_000),
          20,
          "passes without a better validation loss after which training ends");
  static final Setting<ClassWeights> CLASS_WEIGHTS =
      Setting.of(
          "training.classWeights",
          Values.oneOf(ClassWeights.class),
          ClassWeights.BALANCED,
          "how much each class counts in the loss");

  /** The upper limit keeps a forgotten job from costing more than two weeks of a machine. */
  static final Setting<Duration> TIMEOUT =
      Setting.of(
          "training.timeout",
          Values.duration(Duration.ofMinutes(1), Duration.ofDays(14)),
          Duration.ofHours(1),
          "after which an attempt to train is ended");

  static final List<Setting<?>> SETTINGS =
      List.of(TRAINER, SEED, DEVICE, MAX_EPOCHS, PATIENCE, CLASS_WEIGHTS, TIMEOUT);

  static TrainingSpec read(Area area, Task task) {
    TrainingSpec training =
        new TrainingSpec(
            area.get(TRAINER),
            SearchSpec.read(area.area("search")),
            area.get(SEED),
            area.get(DEVICE),
            area.get(MAX_EPOCHS),
            area.get(PATIENCE),
            area.get(CLASS_WEIGHTS),
            area.get(TIMEOUT));
    area.refuseUnknown();
    if (!suits(training.trainer, task)) {
      area.conflict(
          "trainer",
          "trainer %s cannot do task %s; remove it (auto chooses) or change the task"
              .formatted(training.trainer.word(), task.word()));
    }
    return training;
  }

  private static boolean suits(TrainerKind trainer, Task task) {
    return switch (trainer) {
      case AUTO, CONTAINER, ONNX -> true;
      case LINEAR, GBDT, MLP -> task != Task.TEXT_CLASSIFICATION;
      case TEXT -> task == Task.TEXT_CLASSIFICATION;
      case IMAGE -> task == Task.IMAGE_CLASSIFICATION;
    };
  }

  void write(ObjectNode json) {
    json.set("trainer", TRAINER.toJson(trainer));
    search.write(json.putObject("search"));
    json.set("seed", SEED.toJson(seed));
    json.set("device", DEVICE.toJson(device));
    json.set("maxEpochs", MAX_EPOCHS.toJson(maxEpochs));
    json.set("patience", PATIENCE.toJson(patience));
    json.set("classWeights", CLASS_WEIGHTS.toJson(classWeights));
    json.set("timeout", TIMEOUT.toJson(timeout));
  }
}
