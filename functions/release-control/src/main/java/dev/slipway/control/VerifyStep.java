package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import java.util.List;

/** VERIFYING: is the bundle in the registry the one that the pipeline made and signed? */
final class VerifyStep {
  private final Ledgering ledger;
  private final BundleCheck check;

  VerifyStep(World world, Ledgering ledger) {
    this.ledger = ledger;
    this.check = new BundleCheck(world.bundles());
  }

  Step verify(Look look, Release release) {
    List<Reason> problems = check.problems(look.model(), release.proposal().bundleDigest());
    return ledger.append(
        look,
        problems.isEmpty()
            ? new ReleaseEvent.VerificationPassed()
            : new ReleaseEvent.Rejected(problems));
  }
}
