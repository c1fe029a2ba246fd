package dev.slipway.spec;

/** Which family of models is trained. */
public enum TrainerKind implements Word {
  /** Several families are tried; the best on the validation rows is kept. */
  AUTO("auto"),
  /** Logistic or linear regression. */
  LINEAR("linear"),
  /** Gradient-boosted trees. */
  GBDT("gbdt"),
  /** A small neural net for tables. */
  MLP("mlp"),
  /** A small net for texts. */
  TEXT("text"),
  /** A small net for images. */
  IMAGE("image"),
  /** The user's own training image. */
  CONTAINER("container"),
  /** Nothing is trained: a finished model is uploaded. */
  ONNX("onnx");

  private final String word;

  TrainerKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
