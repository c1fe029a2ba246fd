package dev.slipway.infra.policy;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.IConstruct;

/** Acknowledges a finding of cdk-nag on one construct, with the reason why it stays. */
public final class Suppressions {
  private Suppressions() {}

  /** Acknowledges every finding of a rule on one construct, not on its children. */
  public static void on(IConstruct construct, String rule, String reason) {
    NagSuppressions.addResourceSuppressions(
        construct, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()));
  }

  /**
   * Acknowledges findings of a rule on a construct and its children: the named ones, or all where
   * none is named.
   */
  public static void below(IConstruct construct, String rule, String reason, String... findings) {
    NagPackSuppression.Builder suppression = NagPackSuppression.builder().id(rule).reason(reason);
    if (findings.length > 0) {
      suppression.appliesTo(List.of(findings));
    }
    NagSuppressions.addResourceSuppressions(construct, List.of(suppression.build()), true);
  }
}
