package dev.slipway.bundle;

/**
 * A file of a bundle as its manifest names it.
 *
 * @param path relative to the bundle, with {@code /}; never leaves the bundle
 * @param sha256 the digest of its content
 * @param size its size in bytes
 */
public record BundleFile(String path, Digest sha256, long size) {
  /** The manifest itself; not among the files it names. */
  public static final String MANIFEST = "manifest.json";

  /** The model that is served. */
  public static final String MODEL = "model.onnx";

  /** The model before quantization. */
  public static final String FLOAT_MODEL = "model-float.onnx";

  /** Requests with their expected replies. */
  public static final String GOLDEN = "golden.json";

  /** What the training data looked like, for the watch on drift. */
  public static final String BASELINE = "baseline.json";

  /** The report for people. */
  public static final String REPORT = "report.html";

  /** The signature of the manifest, beside the bundle and not part of it. */
  public static final String SIGNATURE = "manifest.sig";

  /** The serving files as a Lambda layer, beside the bundle and not part of it. */
  public static final String LAYER = "layer.zip";

  public BundleFile {
    checkPath(path);
    if (size < 0) {
      throw new IllegalArgumentException(
          "file " + path + " has size " + size + "; expected at least 0");
    }
  }

  /** {@return whether serving needs the file: the model, and weights kept in files beside it} */
  public boolean isServed() {
    return path.equals(MODEL) || path.startsWith(MODEL + ".");
  }

  /**
   * Refuses a path that is not a plain relative one.
   *
   * @param path the path
   * @throws IllegalArgumentException when it is absolute, empty, has empty, {@code .} or {@code ..}
   *     parts, a backslash, or is a name that is kept for the manifest and what lies beside it
   */
  static void checkPath(String path) {
    boolean kept = path.equals(MANIFEST) || path.equals(SIGNATURE) || path.equals(LAYER);
    boolean bad = kept || path.isEmpty() || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0;
    int start = 0;
    while (!bad && start <= path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      String part = path.substring(start, end);
      bad = part.isEmpty() || part.equals(".") || part.equals("..");
      start = end + 1;
    }
    if (bad) {
      throw new IllegalArgumentException(
          "\""
              + path
              + "\" cannot be a file of a bundle; expected a relative path such as model.onnx");
    }
  }
}
