package dev.slipway.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The state of one model's releases: the fold of its ledger. Immutable.
 *
 * @param seq number of the last ledger entry folded in; 0 before the first
 * @param fallback the fallback responder's version, once published
 * @param stable the version that serves while nothing is in flight
 * @param previousStable the version before it, kept while {@code regretUntil} runs
 * @param active the one release in flight
 * @param pending the one that waits
 * @param last the release that ended last
 * @param control what people decided
 * @param regretUntil until when a late alarm rolls back
 * @param highWater age of the newest data ever proposed
 * @param triedWish digest of the last wish that was turned into a release
 * @param versions what is known of each version
 * @param intents the newest alias intents, oldest first
 * @param confirmed the alias content last confirmed by a write of a controller
 * @param confirmedSeq number of the entry that confirmed it; 0 before the first
 * @param previousEpoch hash of the last entry of the ledger before this one, if a ledger was lost
 * @param recent ids of the newest proposals and refused runs, oldest first: a repeated call is
 *     recognised by them
 */
public record Head(
    long seq,
    OptionalInt fallback,
    OptionalInt stable,
    OptionalInt previousStable,
    Optional<Release> active,
    Optional<Release> pending,
    Optional<Release> last,
    Control control,
    Optional<Instant> regretUntil,
    Optional<DatasetSequence> highWater,
    Optional<String> triedWish,
    NavigableMap<Integer, Version> versions,
    List<Intent> intents,
    Optional<AliasContent> confirmed,
    long confirmedSeq,
    Optional<String> previousEpoch,
    List<String> recent) {
  /** Copies the collections. */
  public Head {
    versions = Collections.unmodifiableNavigableMap(new TreeMap<>(versions));
    intents = List.copyOf(intents);
    recent = List.copyOf(recent);
  }

  /** {@return the state before the first entry} */
  public static Head empty() {
    return new Head(
        0,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Control.automatic(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty(),
        List.of());
  }

  /** {@return what the alias ought to be; empty before the fallback is published} */
  public Optional<AliasContent> desired() {
    return Desired.of(this);
  }

  /** {@return whether a controller's own write has put the alias to what is wanted now} */
  @JsonIgnore
  public boolean isAliasConfirmed() {
    return intents.isEmpty() || intents.getLast().seq() <= confirmedSeq;
  }

  /** {@return what is known of a version; empty for one the ledger never recorded} */
  public Optional<Version> version(int number) {
    return Optional.ofNullable(versions.get(number));
  }

  /** {@return whether a version is recorded with that status} */
  public boolean is(int number, VersionStatus status) {
    return version(number).map(Version::status).equals(Optional.of(status));
  }

  /** {@return the bundle of the stable version; empty while the fallback serves} */
  @JsonIgnore
  public Optional<String> liveBundle() {
    return stable.isEmpty()
        ? Optional.empty()
        : version(stable.getAsInt()).flatMap(version -> version.content().bundleDigest());
  }
}
