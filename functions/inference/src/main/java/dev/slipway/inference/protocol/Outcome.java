package dev.slipway.inference.protocol;

/** What became of a request, as far as the judge of a release wants to know. */
public enum Outcome {
  /** The model answered. */
  ANSWERED,
  /** The model answered what nobody must see. */
  INVALID,
  /** The model, or the code around it, failed. */
  FAILED,
  /** The client was refused before the model saw the request. */
  REFUSED,
  /** Nothing was asked of the model: health, metadata. */
  DESCRIBED
}
