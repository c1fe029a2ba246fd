package dev.slipway.release;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What people and emergencies have decided about a model.
 *
 * @param mode who moves releases forward
 * @param pinned the version people fixed, while mode is PINNED
 * @param pinConfirmed whether an alias write with the pinned version has succeeded since
 * @param degraded why automation stopped; empty when it did not
 * @param adopted alias content that somebody else wrote and that was kept, while paused
 */
public record Control(
    Mode mode,
    OptionalInt pinned,
    boolean pinConfirmed,
    Optional<String> degraded,
    Optional<AliasContent> adopted) {
  /** {@return nothing decided by anybody} */
  public static Control automatic() {
    return new Control(Mode.AUTO, OptionalInt.empty(), false, Optional.empty(), Optional.empty());
  }

  /** {@return whether releases may move forward by themselves} */
  public boolean movesForward() {
    return mode == Mode.AUTO && degraded.isEmpty();
  }

  Control paused() {
    return new Control(Mode.PAUSED, OptionalInt.empty(), false, degraded, adopted);
  }

  Control resumed() {
    return automatic();
  }

  Control pinnedTo(int version) {
    return new Control(Mode.PINNED, OptionalInt.of(version), false, degraded, Optional.empty());
  }

  Control confirmed() {
    return new Control(mode, pinned, true, degraded, adopted);
  }

  Control degradedBy(String why) {
    return new Control(mode, pinned, pinConfirmed, Optional.of(why), adopted);
  }

  Control adopting(AliasContent content) {
    return new Control(Mode.PAUSED, OptionalInt.empty(), false, degraded, Optional.of(content));
  }
}
