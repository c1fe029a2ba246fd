package dev.slipway.control;

import dev.slipway.release.ReleaseEvent;
import java.util.OptionalInt;

/**
 * What a person asks for.
 *
 * @param model which model
 * @param actor who asks, for the ledger
 * @param reason why, for the ledger
 * @param verb what
 */
public record Command(String model, String actor, String reason, Verb verb) {
  /** The verbs. */
  public sealed interface Verb {
    /** Go back to a version; empty for the last good one before. */
    record Rollback(OptionalInt version) implements Verb {}

    /** Fix the version that serves. */
    record Pin(int version) implements Verb {}

    /** Let a fixed version go. */
    record Unpin() implements Verb {}

    /** Stop forward moves. */
    record Pause() implements Verb {}

    /** Go on after a pause or after DEGRADED. */
    record Resume() implements Verb {}

    /** End the release in flight. */
    record Abort() implements Verb {}

    /** Say where the model stands. */
    record Status() implements Verb {}

    /** Say what happened lately. */
    record Releases() implements Verb {}

    /** Open a ledger after the one before was lost. */
    record OpenEpoch(ReleaseEvent.EpochOpened epoch) implements Verb {}
  }
}
