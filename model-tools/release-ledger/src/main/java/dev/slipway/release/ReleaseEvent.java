package dev.slipway.release;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a ledger entry says happened, or is about to be done. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReleaseEvent.EpochOpened.class, name = "EPOCH_OPENED"),
  @JsonSubTypes.Type(value = ReleaseEvent.FallbackWanted.class, name = "FALLBACK_WANTED"),
  @JsonSubTypes.Type(value = ReleaseEvent.FallbackRecorded.class, name = "FALLBACK_RECORDED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Proposed.class, name = "PROPOSED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Refused.class, name = "REFUSED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Started.class, name = "STARTED"),
  @JsonSubTypes.Type(value = ReleaseEvent.VerificationPassed.class, name = "VERIFICATION_PASSED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Rejected.class, name = "REJECTED"),
  @JsonSubTypes.Type(value = ReleaseEvent.PublishingStarted.class, name = "PUBLISHING_STARTED"),
  @JsonSubTypes.Type(value = ReleaseEvent.VersionRecorded.class, name = "VERSION_RECORDED"),
  @JsonSubTypes.Type(value = ReleaseEvent.ShiftStarted.class, name = "SHIFT_STARTED"),
  @JsonSubTypes.Type(value = ReleaseEvent.AliasConfirmed.class, name = "ALIAS_CONFIRMED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Passed.class, name = "PASSED"),
  @JsonSubTypes.Type(value = ReleaseEvent.RollbackStarted.class, name = "ROLLBACK_STARTED"),
  @JsonSubTypes.Type(
      value = ReleaseEvent.LateRollbackStarted.class,
      name = "LATE_ROLLBACK_STARTED"),
  @JsonSubTypes.Type(value = ReleaseEvent.DeadlinePassed.class, name = "DEADLINE_PASSED"),
  @JsonSubTypes.Type(value = ReleaseEvent.PublishFailed.class, name = "PUBLISH_FAILED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Paused.class, name = "PAUSED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Resumed.class, name = "RESUMED"),
  @JsonSubTypes.Type(value = ReleaseEvent.AbortAsked.class, name = "ABORT_ASKED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Pinned.class, name = "PINNED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Unpinned.class, name = "UNPINNED"),
  @JsonSubTypes.Type(value = ReleaseEvent.Degraded.class, name = "DEGRADED"),
  @JsonSubTypes.Type(
      value = ReleaseEvent.ForeignAliasAdopted.class,
      name = "FOREIGN_ALIAS_ADOPTED"),
  @JsonSubTypes.Type(
      value = ReleaseEvent.ForeignAliasRefused.class,
      name = "FOREIGN_ALIAS_REFUSED"),
  @JsonSubTypes.Type(value = ReleaseEvent.VersionRetired.class, name = "VERSION_RETIRED"),
  @JsonSubTypes.Type(value = ReleaseEvent.VersionDeleted.class, name = "VERSION_DELETED"),
})
public sealed interface ReleaseEvent {
  /**
   * A ledger was lost with its bucket; this one goes on where the old one ended.
   *
   * @param previousHead hash of the old ledger's last entry
   * @param previousSeq number of that entry
   * @param bundleDigest the bundle that was stable; empty when the fallback was
   * @param datasetSequence age of the newest data the old ledger knew
   * @param reason why, for people
   */
  record EpochOpened(
      String previousHead,
      long previousSeq,
      Optional<String> bundleDigest,
      Optional<DatasetSequence> datasetSequence,
      String reason)
      implements ReleaseEvent {}

  /** Version 1 is about to be published from the template's own code. */
  record FallbackWanted() implements ReleaseEvent {}

  /** The fallback responder is published. */
  record FallbackRecorded(int version, Content content) implements ReleaseEvent {}

  /** Somebody asks for a release. */
  record Proposed(Proposal proposal) implements ReleaseEvent {}

  /** A pipeline run ended without a bundle worth proposing. */
  record Refused(String runId, List<Reason> reasons, Optional<DatasetSequence> datasetSequence)
      implements ReleaseEvent {
    /** Copies the reasons; there is at least one. */
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal names at least one reason");
      }
    }
  }

  /** The pending release becomes the active one. */
  record Started(ReleaseSettings settings) implements ReleaseEvent {}

  /** Signature and digests are those of the pipeline. */
  record VerificationPassed() implements ReleaseEvent {}

  /** Verification or golden requests failed. */
  record Rejected(List<Reason> reasons) implements ReleaseEvent {
    /** Copies the reasons. */
    public Rejected {
      reasons = List.copyOf(reasons);
    }
  }

  /** Code, layer and configuration are about to be written, and a version published. */
  record PublishingStarted() implements ReleaseEvent {}

  /** The release's version exists in Lambda with this content. */
  record VersionRecorded(int version, Content content) implements ReleaseEvent {}

  /** Golden requests passed; the alias is about to be moved. */
  record ShiftStarted(boolean replayGated, String why) implements ReleaseEvent {}

  /** This worker's own alias write of exactly the desired content succeeded. */
  record AliasConfirmed(AliasContent content) implements ReleaseEvent {}

  /** The judge passes the present step or the watch. */
  record Passed() implements ReleaseEvent {}

  /** The active release goes back, or a running rollback gets another target. */
  record RollbackStarted(int target, List<Reason> reasons) implements ReleaseEvent {
    /** Copies the reasons. */
    public RollbackStarted {
      reasons = List.copyOf(reasons);
    }
  }

  /** No release is active and the stable version goes back. */
  record LateRollbackStarted(
      String id, int target, boolean byPerson, ReleaseSettings settings, List<Reason> reasons)
      implements ReleaseEvent {
    /** Copies the reasons. */
    public LateRollbackStarted {
      reasons = List.copyOf(reasons);
    }
  }

  /** The present state lasted too long; with traffic the release goes back to the target. */
  record DeadlinePassed(OptionalInt target) implements ReleaseEvent {}

  /** No version can be made of wish and bundle. */
  record PublishFailed(List<Reason> reasons) implements ReleaseEvent {
    /** Copies the reasons. */
    public PublishFailed {
      reasons = List.copyOf(reasons);
    }
  }

  /** A person stops forward moves. */
  record Paused(String reason) implements ReleaseEvent {}

  /** A person lets the controller move again, after a pause or after DEGRADED. */
  record Resumed(String reason) implements ReleaseEvent {}

  /** A person stops the active release; with traffic it goes back to the target. */
  record AbortAsked(OptionalInt target, String reason) implements ReleaseEvent {}

  /** A person fixes the version that serves. */
  record Pinned(int version, String reason) implements ReleaseEvent {}

  /** A person releases the fixed version. */
  record Unpinned(String reason) implements ReleaseEvent {}

  /** Nothing better than what serves exists; people are paged. */
  record Degraded(String reason) implements ReleaseEvent {}

  /** Somebody else moved the alias to good versions: kept, and paused. */
  record ForeignAliasAdopted(AliasContent content) implements ReleaseEvent {}

  /** Somebody else moved the alias to something unverified: put back. */
  record ForeignAliasRefused(AliasContent content) implements ReleaseEvent {}

  /** The version may be deleted from that time on. */
  record VersionRetired(int version, Instant notBefore) implements ReleaseEvent {}

  /** The version is gone. */
  record VersionDeleted(int version) implements ReleaseEvent {}
}
