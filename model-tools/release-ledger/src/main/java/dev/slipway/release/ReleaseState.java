package dev.slipway.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;

/** Where a release stands. The order of the records is the order of a release that goes well. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReleaseState.Proposed.class, name = "PROPOSED"),
  @JsonSubTypes.Type(value = ReleaseState.Verifying.class, name = "VERIFYING"),
  @JsonSubTypes.Type(value = ReleaseState.Verified.class, name = "VERIFIED"),
  @JsonSubTypes.Type(value = ReleaseState.Publishing.class, name = "PUBLISHING"),
  @JsonSubTypes.Type(value = ReleaseState.Published.class, name = "PUBLISHED"),
  @JsonSubTypes.Type(value = ReleaseState.Shifting.class, name = "SHIFTING"),
  @JsonSubTypes.Type(value = ReleaseState.Canary.class, name = "CANARY"),
  @JsonSubTypes.Type(value = ReleaseState.Promoting.class, name = "PROMOTING"),
  @JsonSubTypes.Type(value = ReleaseState.Watching.class, name = "WATCHING"),
  @JsonSubTypes.Type(value = ReleaseState.RollingBack.class, name = "ROLLING_BACK"),
  @JsonSubTypes.Type(value = ReleaseState.Completed.class, name = "COMPLETED"),
  @JsonSubTypes.Type(value = ReleaseState.RolledBack.class, name = "ROLLED_BACK"),
  @JsonSubTypes.Type(value = ReleaseState.Rejected.class, name = "REJECTED"),
  @JsonSubTypes.Type(value = ReleaseState.Superseded.class, name = "SUPERSEDED"),
  @JsonSubTypes.Type(value = ReleaseState.Aborted.class, name = "ABORTED"),
  @JsonSubTypes.Type(value = ReleaseState.Failed.class, name = "FAILED"),
})
public sealed interface ReleaseState {
  /** Waits in the queue of one. */
  record Proposed() implements Waiting {}

  /** Signature, digests and gates are being checked. */
  record Verifying() implements BeforeTraffic {}

  /** The bundle is what the pipeline made. */
  record Verified() implements BeforeTraffic {}

  /** A version is being made of wish and bundle. */
  record Publishing() implements BeforeTraffic {}

  /** The version exists; golden requests and alarms come before any traffic. */
  record Published() implements BeforeTraffic {}

  /** The alias is being moved to the weight of step {@code step}, counted from 0. */
  record Shifting(int step) implements WithTraffic {}

  /** The weight of step {@code step} is confirmed; evidence accumulates. */
  record Canary(int step) implements WithTraffic {}

  /** The alias is being moved to the candidate alone. */
  record Promoting() implements WithTraffic {}

  /** The candidate serves alone and is watched for one bake. */
  record Watching() implements WithTraffic {}

  /** The alias is being moved to the rollback target. */
  record RollingBack() implements WithTraffic {}

  /** The candidate is the stable version. */
  record Completed() implements Terminal {}

  /** The target serves again. */
  record RolledBack() implements Terminal {}

  /** Verification or golden requests failed; it never had traffic. */
  record Rejected() implements Terminal {}

  /** A newer proposal took its place before any traffic. */
  record Superseded() implements Terminal {}

  /** A person stopped it before any traffic. */
  record Aborted() implements Terminal {}

  /** It could not be published or ran out of time before any traffic. */
  record Failed() implements Terminal {}

  /** Proposed, not yet active. */
  sealed interface Waiting extends ReleaseState {}

  /** Active, and no request reaches the candidate. */
  sealed interface BeforeTraffic extends ReleaseState {}

  /** Active, and requests may reach the candidate. */
  sealed interface WithTraffic extends ReleaseState {}

  /** Ended. */
  sealed interface Terminal extends ReleaseState {}

  /**
   * {@return the name for people, such as {@code ROLLING_BACK} or {@code CANARY(1)}, steps from 1}
   */
  @JsonIgnore
  default String label() {
    String name =
        getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    return switch (this) {
      case Shifting(int step) -> name + "(" + (step + 1) + ")";
      case Canary(int step) -> name + "(" + (step + 1) + ")";
      case Waiting _, BeforeTraffic _, WithTraffic _, Terminal _ -> name;
    };
  }
}
