package dev.slipway.onnx.quantize;

import java.util.Optional;

/** How a model is made smaller. */
public enum Recipe {
  /** Weights in 8 bits; activations are measured while the model runs. Needs no calibration. */
  DYNAMIC_INT8("dynamic-int8"),
  /** Weights and activations in 8 bits; activation ranges come from calibration data. */
  STATIC_INT8("static-int8"),
  /** Weights stored as 16-bit floats, computed in 32 bits. Half the size, the same speed. */
  FP16("fp16"),
  /** Weights of MatMul and Gemm in 8 bits by blocks, computed in float. Small, not faster. */
  WEIGHT_INT8("weight-int8"),
  /** Weights of MatMul and Gemm in 4 bits by blocks, computed in float. Smaller, less exact. */
  WEIGHT_INT4("weight-int4");

  private final String word;

  Recipe(String word) {
    this.word = word;
  }

  /** {@return the word used on the command line and in files} */
  public String word() {
    return word;
  }

  boolean needsNewOperators() {
    return this == DYNAMIC_INT8 || this == STATIC_INT8;
  }

  /** {@return the recipe of that word} */
  public static Optional<Recipe> ofWord(String word) {
    for (Recipe recipe : values()) {
      if (recipe.word.equals(word)) {
        return Optional.of(recipe);
      }
    }
    return Optional.empty();
  }
}
