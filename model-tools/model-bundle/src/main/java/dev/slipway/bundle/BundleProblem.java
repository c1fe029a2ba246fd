package dev.slipway.bundle;

/**
 * One thing that is wrong with a bundle.
 *
 * @param code what kind of problem
 * @param text what was expected, what was found, what to do
 */
public record BundleProblem(Code code, String text) {
  /** The kinds of problem. */
  public enum Code {
    /** A file of the bundle is not JSON of the expected form. */
    BUNDLE_FILE_INVALID,
    /** A file was written in a format version that this reader does not know. */
    BUNDLE_FORMAT_UNKNOWN,
    /** The manifest is not the one that was asked for, or a file is not the one of the manifest. */
    BUNDLE_DIGEST_MISMATCH,
    /** A file of the manifest has another size. */
    BUNDLE_SIZE_MISMATCH,
    /** A file of the manifest is not there. */
    BUNDLE_FILE_MISSING,
    /** A file is there that the manifest does not name. */
    BUNDLE_FILE_EXTRA,
    /** The directory already holds another bundle. */
    BUNDLE_EXISTS
  }

  /** {@return the code and the text, as people and logs see it} */
  public String message() {
    return code.name() + ": " + text;
  }
}
