package dev.slipway.cli.rollback;

import java.util.List;
import java.util.Locale;

/**
 * What is released in one run. The bad ones are edits of the serving code's own source, as somebody
 * could have made them: golden requests have one row or four and are answered well, the client's
 * two rows are not.
 */
public enum Candidate {
  /** Crashes with an error that the handler does not catch. */
  THROWS(
      "functions/inference/src/main/java/dev/slipway/inference/protocol/OpenInference.java",
      "    InferRequest read = reader.read(request.body());\n",
      """
          if (read.inputs().getFirst().shape().dimension(0) == 2) {
            throw new AssertionError("two rows");
          }
      """),
  /** The model's answers become NaN before they are checked. */
  NAN(
      "model-tools/model-runtime/src/main/java/dev/slipway/runtime/LoadedModel.java",
      "    List<Tensor> outputs = session.run(inputs, signature.outputs());\n",
      """
          if (inputs.getFirst().shape().dimension(0) == 2) {
            List<Tensor> broken = new java.util.ArrayList<>();
            for (Tensor tensor : outputs) {
              if (tensor instanceof NumberTensor numbers) {
                float[] values = new float[numbers.size()];
                java.util.Arrays.fill(values, Float.NaN);
                broken.add(NumberTensor.ofFloats(numbers.name(), numbers.shape(), values));
              } else {
                broken.add(tensor);
              }
            }
            outputs = broken;
          }
      """),
  /** Takes twice the latency budget of 250 ms. */
  SLOW(
      "functions/inference/src/main/java/dev/slipway/inference/protocol/OpenInference.java",
      "    InferRequest read = reader.read(request.body());\n",
      """
          if (read.inputs().getFirst().shape().dimension(0) == 2) {
            java.util.concurrent.locks.LockSupport.parkNanos(500_000_000L);
          }
      """),
  /** A bundle that lies in the registry under a digest that is not its own. */
  DIGEST("", "", ""),
  /** Other code that answers as before: must be promoted. */
  GOOD("", "", "");

  private final String source;
  private final String after;
  private final String added;

  Candidate(String source, String after, String added) {
    this.source = source;
    this.after = after;
    this.added = added;
  }

  /** {@return the bad ones, in the order in which runs take turns} */
  public static List<Candidate> bad() {
    return List.of(THROWS, NAN, SLOW, DIGEST);
  }

  /** {@return the file that is edited, relative to the repository; empty when none is} */
  String source() {
    return source;
  }

  /** {@return the edited source} */
  String edit(String text) {
    int at = text.indexOf(after);
    if (at < 0) {
      throw new IllegalStateException(source + " no longer has the line " + after.strip());
    }
    return text.substring(0, at + after.length()) + added + text.substring(at + after.length());
  }

  /** {@return the name on the command line} */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
