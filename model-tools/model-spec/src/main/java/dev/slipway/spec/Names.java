package dev.slipway.spec;

import java.util.regex.Pattern;

/** The kinds of names that settings hold. */
final class Names {
  /** Model names end up in stack names, function names and S3 keys: the narrowest rule of them. */
  static final ValueType<String> MODEL =
      Values.text(
          "2 to 41 lower-case letters, digits and hyphens, starting with a letter"
              + " ([a-z][a-z0-9-]{1,40})",
          Pattern.compile("[a-z][a-z0-9-]{1,40}"));

  static final ValueType<String> COLUMN =
      Values.text(
          "the name of a column (1 to 200 characters)", Pattern.compile("\\P{Cntrl}{1,200}"));

  static final ValueType<String> TENSOR =
      Values.text(
          "the name of a tensor (1 to 200 characters)", Pattern.compile("\\P{Cntrl}{1,200}"));

  static final ValueType<String> LABEL =
      Values.text("a label (1 to 200 characters)", Pattern.compile("\\P{Cntrl}{1,200}"));

  /** A name, never a path: what lies elsewhere is out of reach. */
  static final ValueType<String> FILE =
      Values.text(
          "the name of a file beside the model (letters, digits, '.', '_' and '-')",
          Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"));

  private Names() {}
}
