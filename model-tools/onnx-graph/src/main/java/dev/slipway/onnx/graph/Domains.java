package dev.slipway.onnx.graph;

/** The operator domains this library knows by name. */
public final class Domains {
  /** The standard operators; files may also write {@code ai.onnx}. */
  public static final String STANDARD = "";

  /** Classical machine learning: trees, scalers, encoders. */
  public static final String ML = "ai.onnx.ml";

  /** ONNX Runtime's own operators. */
  public static final String MICROSOFT = "com.microsoft";

  private Domains() {}

  /** {@return the domain with both spellings of the standard one made equal} */
  public static String canonical(String domain) {
    return domain.equals("ai.onnx") ? STANDARD : domain;
  }
}
