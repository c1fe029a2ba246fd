package dev.slipway.spec;

/** In which form the handler and its model reach Lambda. */
public enum Packaging implements Word {
  /** A zip function; the bundle is a layer. */
  ZIP("zip"),
  /** A container image; the bundle is its last layer. */
  IMAGE("image");

  private final String word;

  Packaging(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
