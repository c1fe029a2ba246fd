package dev.slipway.pipeline.quantize;

import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.quantize.CalibrationData;
import dev.slipway.onnx.quantize.QuantizeOptions;
import dev.slipway.onnx.quantize.QuantizeResult;
import dev.slipway.onnx.quantize.Quantizer;
import dev.slipway.spec.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes the quantized forms of a model that a {@code model.yaml} asks to choose from. */
public final class RecipeTrials {
  private RecipeTrials() {}

  /**
   * A quantized form.
   *
   * @param recipe its word, {@code none} for the float model
   * @param file the model
   * @param bytes its size
   * @param layers one line per layer that stays in float: why; of the float model one per recipe
   *     that applies to no layer
   */
  public record Form(String recipe, Path file, long bytes, List<String> layers) {
    /** Keeps a copy of the list. */
    public Form {
      layers = List.copyOf(layers);
    }
  }

  /**
   * Every form of a model.
   *
   * @param quantized one per recipe that changes the model
   * @param unchanged the float model
   */
  public record Tried(List<Form> quantized, Form unchanged) {
    /** Keeps a copy of the list. */
    public Tried {
      quantized = List.copyOf(quantized);
    }

    /** {@return all forms, the float one last} */
    public List<Form> all() {
      return Stream.concat(quantized.stream(), Stream.of(unchanged)).toList();
    }
  }

  /** {@return the recipes that a setting stands for, in the order in which they are tried} */
  public static List<dev.slipway.onnx.quantize.Recipe> asked(Recipe recipe) {
    return switch (recipe) {
      case AUTO ->
          List.of(
              dev.slipway.onnx.quantize.Recipe.STATIC_INT8,
              dev.slipway.onnx.quantize.Recipe.DYNAMIC_INT8,
              dev.slipway.onnx.quantize.Recipe.FP16);
      case STATIC_INT8 -> List.of(dev.slipway.onnx.quantize.Recipe.STATIC_INT8);
      case DYNAMIC_INT8 -> List.of(dev.slipway.onnx.quantize.Recipe.DYNAMIC_INT8);
      case FP16 -> List.of(dev.slipway.onnx.quantize.Recipe.FP16);
      case NONE -> List.of();
      case WEIGHT_INT8 -> List.of(dev.slipway.onnx.quantize.Recipe.WEIGHT_INT8);
      case WEIGHT_INT4 -> List.of(dev.slipway.onnx.quantize.Recipe.WEIGHT_INT4);
    };
  }

  /** {@return one form per recipe that changes the model, written into {@code folder}} */
  public static Tried run(
      Path floatModel,
      List<dev.slipway.onnx.quantize.Recipe> recipes,
      CalibrationData samples,
      Path folder) {
    OnnxModel model = OnnxModel.read(floatModel);
    List<Form> forms = new ArrayList<>();
    List<String> useless = new ArrayList<>();
    for (dev.slipway.onnx.quantize.Recipe recipe : recipes) {
      QuantizeResult result = Quantizer.quantize(model, QuantizeOptions.of(recipe), samples);
      if (result.quantizedLayers() > 0) {
        Path file = folder.resolve("model-" + recipe.word() + ".onnx");
        result.model().write(file);
        forms.add(new Form(recipe.word(), file, size(file), leftInFloat(result)));
      } else {
        useless.add(recipe.word() + " applies to no layer");
        useless.addAll(leftInFloat(result));
      }
    }
    return new Tried(forms, unchanged(floatModel, useless));
  }

  /** {@return the float model alone, where there is nothing to judge quantized forms by} */
  public static Tried none(Path floatModel) {
    return new Tried(List.of(), unchanged(floatModel, List.of()));
  }

  private static List<String> leftInFloat(QuantizeResult result) {
    return result.layers().stream()
        .filter(layer -> !layer.quantized())
        .map(layer -> layer.node() + " stays in float: " + layer.why())
        .toList();
  }

  private static Form unchanged(Path floatModel, List<String> useless) {
    return new Form("none", floatModel, size(floatModel), useless);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file + " failed", unreadable);
    }
  }
}
