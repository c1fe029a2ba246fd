package dev.slipway.control;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.World;
import java.time.Duration;
import java.time.Instant;

/** Waits until Lambda has done what it was asked for. */
final class Settling {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final World world;

  Settling(World world) {
    this.world = world;
  }

  /** {@return the function once no update is in progress} */
  FunctionState settled(String function, String qualifier) {
    Instant end = world.time().now().plus(PATIENCE);
    while (true) {
      FunctionState state = world.lambda().get(function, qualifier);
      if (!state.updating() && !state.starting()) {
        return state;
      }
      pause(end, function, qualifier, "is being updated");
    }
  }

  /** {@return the version once it is active; INVALID when it never will be} */
  FunctionState active(String function, String version) {
    Instant end = world.time().now().plus(PATIENCE);
    while (true) {
      FunctionState state = world.lambda().get(function, version);
      if (state.active()) {
        return state;
      }
      if (!state.starting()) {
        throw new ControlPlaneException(
            Kind.INVALID,
            "VERSION_NOT_ACTIVE: version " + version + " of " + function + ": " + state.why());
      }
      pause(end, function, version, "is not active yet");
    }
  }

  private void pause(Instant end, String function, String qualifier, String why) {
    if (!world.time().now().isBefore(end)) {
      throw new ControlPlaneException(
          Kind.CONFLICT,
          "LAMBDA_SLOW: "
              + function
              + ":"
              + qualifier
              + " "
              + why
              + " after "
              + PATIENCE.toSeconds()
              + " s; the next look waits again");
    }
    world.time().pause(LOOK_EVERY);
  }
}
