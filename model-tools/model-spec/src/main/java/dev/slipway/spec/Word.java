package dev.slipway.spec;

/** A closed set of words: an enum whose constants have a spelling in {@code model.yaml}. */
public interface Word {
  /** {@return the spelling in {@code model.yaml}, JSON and the command line} */
  String word();
}
