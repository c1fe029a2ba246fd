package dev.slipway.control;

import dev.slipway.bundle.Digest;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.LambdaControlPlane;
import dev.slipway.control.port.World;
import dev.slipway.functions.SettingNames;
import dev.slipway.release.Content;
import dev.slipway.release.ReleaseEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Publishes what the template put into {@code $LATEST}: the fallback responder. */
final class FallbackStep {
  private final World world;
  private final Ledgering ledger;
  private final Settling settling;

  FallbackStep(World world, Ledgering ledger) {
    this.world = world;
    this.ledger = ledger;
    this.settling = new Settling(world);
  }

  Step publish(Look look) {
    String function = look.wish().function();
    FunctionState latest = settling.settled(function, LambdaControlPlane.LATEST);
    if (latest.shape().environment().containsKey(SettingNames.BUNDLE_DIGEST)) {
      throw new ControlPlaneException(
          Kind.INVALID,
          "FALLBACK_MISSING: $LATEST of "
              + function
              + " holds a model, but the ledger is empty; expected the template's fallback"
              + " responder. Deploy the model's stack again, which puts it back.");
    }
    FunctionState version =
        world.lambda().publish(function, latest.codeSha256(), latest.revision(), "fallback");
    settling.active(function, version.version());
    Content content =
        new Content(
            version.codeSha256(),
            Optional.empty(),
            Digest.of(version.shape().handler().getBytes(StandardCharsets.UTF_8)).hex());
    return ledger.append(look, new ReleaseEvent.FallbackRecorded(version.number(), content));
  }
}
