package dev.slipway.onnx.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.graph.Attributes;
import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.graph.GraphBuilder;
import dev.slipway.onnx.graph.Node;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.Shape;
import dev.slipway.onnx.graph.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecurrentTest {
  private static final int STEPS = 6;
  private static final int INPUTS = 11;
  private static final int HIDDEN = 24;

  private final Random random = new Random(17);

  @ParameterizedTest
  @CsvSource({"forward, 1", "reverse, 1", "bidirectional, 2"})
  void dynamicInt8_lstm_runsOnTheIntegerKernelWithin35Decibel(String direction, int directions) {
    OnnxModel model = recurrent("LSTM", 4, direction, directions);

    QuantizeResult result = quantize(model, QuantizeOptions.of(Recipe.DYNAMIC_INT8));

    assertEquals(List.of("DynamicQuantizeLSTM"), types(result.model()));
    assertTrue(result.layers().getFirst().quantized());
    assertTrue(decibel(model, result) > 35, "SQNR " + decibel(model, result));
    assertTrue(size(result.model()) < 0.5 * size(model));
  }

  @ParameterizedTest
  @CsvSource({"GRU, 3", "RNN, 1"})
  void dynamicInt8_withoutIntegerKernel_storesTheWeightsInBytesAndSaysWhy(String type, int gates) {
    OnnxModel model = recurrent(type, gates, "bidirectional", 2);

    QuantizeResult result = quantize(model, QuantizeOptions.of(Recipe.DYNAMIC_INT8));

    LayerOutcome outcome = result.layers().getFirst();
    assertTrue(outcome.why().contains("no integer kernel for " + type), outcome.why());
    assertTrue(types(result.model()).contains(type));
    assertTrue(decibel(model, result) > 40, "SQNR " + decibel(model, result));
    assertTrue(result.model().initializerBytes() < 0.5 * model.initializerBytes());
  }

  @ParameterizedTest
  @EnumSource(
      value = Recipe.class,
      names = {"STATIC_INT8", "WEIGHT_INT8", "WEIGHT_INT4"})
  void otherRecipes_lstm_isQuantizedToo(Recipe recipe) {
    OnnxModel model = recurrent("LSTM", 4, "forward", 1);

    QuantizeResult result = quantize(model, QuantizeOptions.of(recipe));

    assertEquals(1, result.quantizedLayers());
    assertTrue(decibel(model, result) > 35, "SQNR " + decibel(model, result));
  }

  @Test
  void dynamicInt8_forAnyX86_everyPairOfWeightsIsSafe() {
    OnnxModel model = recurrent("LSTM", 4, "forward", 1);

    GraphBytes bytes =
        GraphBytes.of(quantize(model, QuantizeOptions.of(Recipe.DYNAMIC_INT8)).model(), "r_bytes");

    for (int output = 0; output < 4 * HIDDEN; output++) {
      for (int input = 0; input + 1 < HIDDEN; input += 2) {
        int first = bytes.at(input * 4 * HIDDEN + output);
        int second = bytes.at((input + 1) * 4 * HIDDEN + output);
        assertTrue(Math.max(0, first) + Math.max(0, second) <= 128);
        assertTrue(Math.min(0, first) + Math.min(0, second) >= -128);
      }
    }
  }

  @Test
  void dynamicInt8_excludedLstm_staysInFloat() {
    OnnxModel model = recurrent("LSTM", 4, "forward", 1);
    QuantizeOptions options = QuantizeOptions.of(Recipe.DYNAMIC_INT8).excluding(Set.of("y/LSTM"));

    QuantizeResult result = quantize(model, options);

    assertFalse(result.layers().getFirst().quantized());
    assertEquals(List.of("LSTM"), types(result.model()));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record GraphBytes(byte[] values) {
    static GraphBytes of(OnnxModel model, String name) {
      return new GraphBytes(
          model.graph().getInitializerList().stream()
              .filter(tensor -> tensor.getName().equals(name))
              .findFirst()
              .orElseThrow()
              .getRawData()
              .toByteArray());
    }

    int at(int index) {
      return values[index];
    }
  }

  private OnnxModel recurrent(String type, int gates, String direction, int directions) {
    GraphBuilder graph = GraphBuilder.named("recurrent");
    long rows = (long) gates * HIDDEN;
    String x = graph.input("x", ElementType.FLOAT, Shape.of(STEPS, 1, INPUTS));
    String w = constant(graph, "w", directions, rows, INPUTS);
    String r = constant(graph, "r", directions, rows, HIDDEN);
    String b = constant(graph, "b", directions, 2 * rows);
    graph.node(
        type,
        List.of(x, w, r, b),
        List.of("y"),
        Attributes.of("hidden_size", HIDDEN),
        Attributes.of("direction", direction));
    graph.output("y", ElementType.FLOAT, Shape.of(STEPS, directions, 1, HIDDEN));
    return graph.build();
  }

  private String constant(GraphBuilder graph, String name, long... shape) {
    float[] values = new float[Math.toIntExact(Tensors.count(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return graph.constant(Tensors.floats(name, shape, values));
  }

  private static QuantizeResult quantize(OnnxModel model, QuantizeOptions options) {
    return Quantizer.quantize(model, options, samples());
  }

  private static double decibel(OnnxModel model, QuantizeResult result) {
    return Fidelity.decibel(model, result.model(), samples());
  }

  private static CalibrationData samples() {
    Random random = new Random(5);
    List<Map<String, CalibrationTensor>> samples = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      float[] values = new float[STEPS * INPUTS];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) random.nextGaussian();
      }
      List<Long> shape = List.of((long) STEPS, 1L, (long) INPUTS);
      samples.add(Map.of("x", new CalibrationTensor.Floats(shape, values)));
    }
    return samples::iterator;
  }

  private static List<String> types(OnnxModel model) {
    return model.nodes().stream().map(Node::type).toList();
  }

  private static long size(OnnxModel model) {
    return model.toBytes().length;
  }
}
