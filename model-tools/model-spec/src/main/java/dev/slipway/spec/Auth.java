package dev.slipway.spec;

/** Who may call a served model. */
public enum Auth implements Word {
  /** Callers whose requests are signed by AWS and allowed by policy. */
  IAM("iam"),
  /** Callers that send the model's API key; a quota, not an identity. */
  API_KEY("api-key"),
  /** Everybody. */
  NONE("none");

  private final String word;

  Auth(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
