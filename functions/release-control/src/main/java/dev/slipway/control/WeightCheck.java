package dev.slipway.control;

import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.World;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Lambda refuses on a weighted alias, found before the shift: two versions that differ in role
 * or dead-letter target, and provisioned concurrency on the alias or on either version (there AWS
 * would also move weights by itself, terraform-provider-aws 48116).
 */
final class WeightCheck {
  private static final String ONE_SHIFT = "release with steps: [] (one shift)";

  private final World world;

  WeightCheck(World world) {
    this.world = world;
  }

  /** {@return why traffic cannot be split between baseline and candidate; empty when it can} */
  List<Reason> refuse(Look look, Release release) {
    int baseline = release.baseline().orElseThrow();
    int candidate = release.candidate().orElseThrow();
    List<Reason> reasons = new ArrayList<>();
    FunctionState before = state(look, baseline);
    FunctionState after = state(look, candidate);
    if (!before.shape().roleArn().equals(after.shape().roleArn())
        || !before.deadLetterArn().equals(after.deadLetterArn())) {
      reasons.add(
          new Reason(
              "WEIGHTS_IMPOSSIBLE",
              "versions %d and %d differ in role or dead-letter target, which Lambda refuses on a weighted alias; %s"
                  .formatted(baseline, candidate, ONE_SHIFT)));
    }
    Set<String> provisioned = new TreeSet<>(world.lambda().provisioned(look.wish().function()));
    provisioned.retainAll(
        Set.of(AliasStore.LIVE, Integer.toString(baseline), Integer.toString(candidate)));
    if (!provisioned.isEmpty()) {
      reasons.add(
          new Reason(
              "WEIGHTS_IMPOSSIBLE",
              "%s of %s has provisioned concurrency, beside which Lambda allows no weights; take it away (aws lambda delete-provisioned-concurrency-config), or %s"
                  .formatted(String.join(", ", provisioned), look.wish().function(), ONE_SHIFT)));
    }
    return reasons;
  }

  private FunctionState state(Look look, int version) {
    return world.lambda().get(look.wish().function(), Integer.toString(version));
  }
}
