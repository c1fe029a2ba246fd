package dev.slipway.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends a step because its input cannot be accepted; the fault is in data or settings, never in the
 * program.
 */
public final class PipelineRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Reason> reasons;

  /** Refuses with every reason found. */
  public PipelineRefusal(List<Reason> reasons) {
    super(reasons.stream().map(Reason::toString).collect(Collectors.joining("\n")));
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("reasons is empty; a refusal names at least one reason");
    }
    this.reasons = List.copyOf(reasons);
  }

  /** Refuses with one reason. */
  public PipelineRefusal(String code, String message) {
    this(List.of(new Reason(code, message)));
  }

  /** {@return the reasons, at least one} */
  public List<Reason> reasons() {
    return reasons;
  }
}
