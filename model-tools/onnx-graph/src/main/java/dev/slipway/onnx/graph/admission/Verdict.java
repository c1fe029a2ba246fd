package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.OnnxModel;
import java.util.List;

/** The answer of {@link Admission} for one file. */
public sealed interface Verdict {
  /**
   * The model may be given to ONNX Runtime.
   *
   * @param model the very bytes that were checked, parsed; the file may change meanwhile
   * @param sha256 digest of these bytes, 64 lower-case hexadecimal digits
   */
  record Admitted(OnnxModel model, String sha256) implements Verdict {}

  /**
   * The model must not be used.
   *
   * @param refusals at least one; the first {@value Findings#MOST} if there are more
   */
  record Refused(List<Refusal> refusals) implements Verdict {
    /** Keeps a copy of the list. */
    public Refused {
      if (refusals.isEmpty()) {
        throw new IllegalArgumentException("a refusal names at least one reason, found none");
      }
      refusals = List.copyOf(refusals);
    }
  }
}
