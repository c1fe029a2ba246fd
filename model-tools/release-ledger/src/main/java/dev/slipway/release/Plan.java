package dev.slipway.release;

import java.time.Duration;

/**
 * The one thing a worker does next. Every effect has its intent in the ledger already (rule W2).
 */
public sealed interface Plan {
  /** Append an event; no AWS effect is claimed. */
  record Write(ReleaseEvent event) implements Plan {}

  /** Publish the template's own code as the fallback responder and record it. */
  record PublishFallback() implements Plan {}

  /** Create the alias, let the gateway call it, confirm. */
  record CreateAlias(AliasContent content) implements Plan {}

  /**
   * Write the alias and confirm by that write.
   *
   * @param probeFirst whether the version must answer a direct invoke before (rollback, W12)
   */
  record MoveAlias(AliasContent content, boolean probeFirst) implements Plan {}

  /** Record that somebody else moved the alias to something unverified, page, put it back. */
  record RestoreAlias(AliasContent found, AliasContent desired) implements Plan {}

  /** Check the signature and the digests of the bundle. */
  record Verify(Release release) implements Plan {}

  /** Make the version of wish and bundle and record it. */
  record Publish(Release release) implements Plan {}

  /** Make the alarms, ask the golden requests, decide how to shift. */
  record Probe(Release release) implements Plan {}

  /** Weigh the evidence of a canary step or of the watch. */
  record Judge(Release release) implements Plan {}

  /** Fence, delete and record a version whose grace is over. */
  record DeleteVersion(int version) implements Plan {}

  /**
   * Nothing to do now.
   *
   * @param active whether a release is in flight, so that the wait loop goes on
   * @param pause how long until the next look is worth it
   */
  record Rest(boolean active, Duration pause) implements Plan {}
}
