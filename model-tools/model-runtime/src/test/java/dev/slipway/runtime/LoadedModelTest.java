package dev.slipway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.ModelException.Code;
import dev.slipway.runtime.testing.SampleBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedModelTest {
  private static final RuntimeOptions OPTIONS =
      RuntimeOptions.of(Map.of(RuntimeOptions.TELEMETRY_SETTING, "1")).withThreads(1);

  @TempDir Path folder;

  @Test
  void predict_withGoodRows_answersLabelsAndProbabilities() {
    try (LoadedModel model = open(SampleBundle.FLOWERS)) {
      Prediction prediction = model.predict(flowers(List.of("blue", "🌸"), 1, 2, 3, 1, 2, 3));

      Prediction.Valid valid = assertInstanceOf(Prediction.Valid.class, prediction);
      TextTensor label = assertInstanceOf(TextTensor.class, valid.outputs().get(0));
      NumberTensor share = assertInstanceOf(NumberTensor.class, valid.outputs().get(1));
      // scores: 1·1 + 2·0.5 − 3·0.25 + 2·code, and their negation
      assertEquals(List.of("iris", "rose"), label.values());
      assertEquals(Shape.of(2, 2), share.shape());
      assertEquals(1 / (1 + Math.exp(-2 * 3.25)), share.getFloat(0), 1e-6);
      assertEquals(1 / (1 + Math.exp(2 * 4.75)), share.getFloat(2), 1e-6);
    }
  }

  @Test
  void predict_withMissingValue_usesTheGraphsFill() {
    try (LoadedModel model = open(SampleBundle.FLOWERS)) {
      Prediction missing = model.predict(flowers(List.of("red"), 1, Float.NaN, 3));
      Prediction filled = model.predict(flowers(List.of("red"), 1, 1, 3));

      assertEquals(named(filled), named(missing));
    }
  }

  @Test
  void predict_withoutOptimizing_answersTheSame() {
    List<Tensor> rows = flowers(List.of("blue", "red"), 1, 2, 3, 3, 2, 1);
    BundleDirectory bundle = SampleBundle.FLOWERS.write(folder.resolve("bundle"));
    try (LoadedModel optimized = LoadedModel.open(bundle, OPTIONS);
        LoadedModel plain = LoadedModel.open(bundle, OPTIONS.withoutOptimizing())) {
      assertFalse(OPTIONS.withoutOptimizing().optimizing());
      // The labels: the last digit of a probability may depend on what was fused.
      assertEquals(
          named(optimized.predict(rows)).getFirst(), named(plain.predict(rows)).getFirst());
    }
  }

  @ParameterizedTest
  @CsvSource({"NAN, has NaN", "UNFAIR, sum to 0.4", "FOREIGN, label \"weed\""})
  void predict_withBadAnswer_isInvalid(SampleBundle sample, String expected) {
    try (LoadedModel model = open(sample)) {
      Prediction prediction = model.predict(flowers(List.of("red"), 1, 2, 3));

      Prediction.Invalid invalid = assertInstanceOf(Prediction.Invalid.class, prediction);
      assertTrue(invalid.problems().getFirst().contains(expected), invalid.problems()::toString);
    }
  }

  @Test
  void predict_whenTheModelFails_saysSo() {
    try (LoadedModel model = open(SampleBundle.PICKY)) {
      assertInstanceOf(Prediction.Valid.class, model.predict(flowers(List.of("red"), 1, 2, 3)));

      ModelException failure =
          assertThrows(
              ModelException.class, () -> model.predict(flowers(List.of("red"), 1001, 2, 3)));

      assertEquals(Code.MODEL_RUN_FAILED, failure.code());
    }
  }

  @Test
  void predict_withTensorsThatDoNotFit_isRefusedBeforeNativeCode() {
    try (LoadedModel model = open(SampleBundle.FLOWERS)) {
      List<Tensor> tensors =
          List.of(
              NumberTensor.ofFloats("features", Shape.of(2, 3), 1, 2, 3, 4, 5, 6),
              TextTensor.of("colour", List.of("red")));

      ModelException refusal = assertThrows(ModelException.class, () -> model.predict(tensors));

      assertEquals(Code.MODEL_INPUT_INVALID, refusal.code());
      assertTrue(refusal.toString().contains("rows"), refusal::toString);
    }
  }

  @Test
  void predict_byManyThreads_givesEachItsOwnAnswer() throws Exception {
    try (LoadedModel model = open(SampleBundle.HOUSE);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Prediction>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Tensor row = NumberTensor.ofFloats("features", Shape.of(1, 2), i, 4);
        answers.add(threads.submit(() -> model.predict(List.of(row))));
      }

      for (int i = 0; i < answers.size(); i++) {
        Prediction.Valid valid = (Prediction.Valid) answers.get(i).get();
        assertEquals(2f * i + 8, ((NumberTensor) valid.outputs().getFirst()).getFloat(0));
      }
    }
  }

  @Test
  void open_withAnotherSignature_namesEveryDifference() throws Exception {
    Path onnx = Files.write(folder.resolve("house.onnx"), SampleBundle.HOUSE.onnx());
    ModelSignature flowers = ModelSignature.of(SampleBundle.FLOWERS.manifest());

    ModelException refusal =
        assertThrows(ModelException.class, () -> LoadedModel.open(onnx, flowers, OPTIONS).close());

    assertEquals(Code.MODEL_SIGNATURE_MISMATCH, refusal.code());
    assertTrue(refusal.toString().contains("declared FP32[-1, 3]"), refusal::toString);
    assertTrue(refusal.toString().contains("no output label"), refusal::toString);
  }

  @Test
  void open_withGarbage_isRefused() throws Exception {
    Path onnx = Files.write(folder.resolve(BundleFile.MODEL), new byte[] {1, 2, 3});
    ModelSignature house = ModelSignature.of(SampleBundle.HOUSE.manifest());

    ModelException refusal =
        assertThrows(ModelException.class, () -> LoadedModel.open(onnx, house, OPTIONS).close());

    assertEquals(Code.MODEL_LOAD_FAILED, refusal.code());
  }

  @Test
  void read_ofAFile_givesItsSignature() throws Exception {
    Path onnx = Files.write(folder.resolve("house.onnx"), SampleBundle.HOUSE.onnx());

    ModelSignature signature = ModelSignature.read(onnx, OPTIONS);

    assertEquals(Shape.of(-1, 2), signature.inputs().getFirst().shape());
    assertEquals("prediction", signature.outputs().getFirst().name());
  }

  @Test
  void options_withoutTelemetrySwitch_areRefused() {
    ModelException refusal = assertThrows(ModelException.class, () -> RuntimeOptions.of(Map.of()));

    assertEquals(Code.TELEMETRY_NOT_DISABLED, refusal.code());
  }

  @ParameterizedTest
  @CsvSource({"512, 1, false", "1769, 1, false", "3538, 2, true", "10240, 5, true"})
  void options_onLambda_giveOneThreadPerProcessor(String memory, int threads, boolean spinning) {
    RuntimeOptions options =
        RuntimeOptions.of(
            Map.of(
                RuntimeOptions.TELEMETRY_SETTING, "1", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory));

    assertEquals(threads, options.threads());
    assertEquals(spinning, options.spinning());
  }

  private LoadedModel open(SampleBundle sample) {
    return LoadedModel.open(sample.write(folder.resolve("bundle")), OPTIONS);
  }

  private static List<Tensor> flowers(List<String> colours, float... values) {
    return List.of(
        NumberTensor.ofFloats("features", Shape.of(colours.size(), 3), values),
        TextTensor.of("colour", colours));
  }

  private static List<Object> named(Prediction prediction) {
    Prediction.Valid valid = assertInstanceOf(Prediction.Valid.class, prediction);
    List<Object> named = new ArrayList<>();
    for (Tensor output : valid.outputs()) {
      named.add(output.toNamed());
    }
    return named;
  }
}
