package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.Mode;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.Version;
import dev.slipway.release.VersionStatus;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What must hold in every state, between any two steps. */
final class Invariants {
  private Invariants() {}

  /** {@return the first invariant that a step breaks; empty when all hold} */
  static Optional<String> broken(State before, State after) {
    return Stream.of(
            verifiedOnly(after),
            goodKept(after),
            existing(after),
            gapFree(before, after),
            noResurrection(after),
            weights(after),
            intended(before, after),
            pinned(after),
            stableGood(after),
            target(after))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> verifiedOnly(State state) {
    return state.alias().content().serves().stream()
            .allMatch(version -> state.lambda().getOrDefault(version, true))
        ? Optional.empty()
        : Optional.of("I1: the alias serves a version that was not verified");
  }

  private static Optional<String> goodKept(State state) {
    Head head = state.head();
    boolean kept =
        Stream.of(
                head.stable(),
                head.fallback(),
                head.active().map(Release::baseline).orElse(OptionalInt.empty()))
            .filter(OptionalInt::isPresent)
            .map(OptionalInt::getAsInt)
            .allMatch(version ->
                state.lambda().containsKey(version)
                    && !head.is(version, VersionStatus.RETIRED)
                    && !head.is(version, VersionStatus.DELETED));
    boolean good =
        head.versions().values().stream()
            .anyMatch(version ->
                version.status() == VersionStatus.GOOD
                    && state.lambda().containsKey(version.number()));
    return kept && good
        ? Optional.empty()
        : Optional.of("I2: stable, baseline, fallback or every good version is gone");
  }

  private static Optional<String> existing(State state) {
    return state.lambda().keySet().containsAll(state.alias().content().serves())
        ? Optional.empty()
        : Optional.of("I4: the alias names a version that does not exist");
  }

  private static Optional<String> gapFree(State before, State after) {
    boolean same = before.head().equals(after.head());
    boolean next = after.head().seq() > before.head().seq();
    return same || next
        ? Optional.empty()
        : Optional.of("I5: an entry was lost: the ledger went back or stood still");
  }

  /** Once the head's wish for the alias is confirmed, nothing given up may serve any more. */
  private static Optional<String> noResurrection(State state) {
    Head head = state.head();
    boolean settled =
        head.active().isEmpty()
            && head.isAliasConfirmed()
            && (head.control().mode() != Mode.PINNED || head.control().pinConfirmed())
            && state.alias().seq().isPresent();
    boolean serves =
        state.alias().content().serves().stream()
            .flatMap(version -> head.version(version).stream())
            .map(Version::status)
            .anyMatch(status ->
                status == VersionStatus.BAD
                    || status == VersionStatus.RETIRED
                    || status == VersionStatus.DELETED);
    return settled && serves
        ? Optional.of("I6: a version that was given up serves again")
        : Optional.empty();
  }

  /** A candidate serves only while its own release has traffic, or until a person's pin arrives. */
  private static Optional<String> weights(State state) {
    Head head = state.head();
    OptionalInt candidate =
        head.active()
            .filter(release -> release.state() instanceof ReleaseState.WithTraffic)
            .map(Release::candidate)
            .orElse(OptionalInt.empty());
    boolean stray =
        state.alias().seq().isPresent()
            && state.alias().content().serves().stream()
                .filter(version -> head.is(version, VersionStatus.CANDIDATE))
                .anyMatch(version -> !candidate.equals(OptionalInt.of(version)));
    return stray ? Optional.of("I7: a candidate serves outside its own release") : Optional.empty();
  }

  /** Every alias write of a worker has an earlier entry that wanted exactly it. */
  private static Optional<String> intended(State before, State after) {
    boolean written = !before.alias().equals(after.alias()) && after.alias().seq().isPresent();
    return written && !State.ours(after.head(), after.alias())
        ? Optional.of("I5: the alias was written without an entry that wanted it")
        : Optional.empty();
  }

  private static Optional<String> pinned(State state) {
    Head head = state.head();
    boolean claims =
        head.control().mode() == Mode.PINNED
            && head.control().pinConfirmed()
            && state.alias().seq().isPresent();
    AliasContent wanted = AliasContent.only(head.control().pinned().orElse(1));
    return claims && !state.alias().content().equals(wanted)
        ? Optional.of("I9: the pin is confirmed and something else serves")
        : Optional.empty();
  }

  private static Optional<String> stableGood(State state) {
    Head head = state.head();
    return head.is(head.stable().orElseThrow(), VersionStatus.GOOD)
        ? Optional.empty()
        : Optional.of("I2: the stable version is not good");
  }

  private static Optional<String> target(State state) {
    Head head = state.head();
    OptionalInt target =
        head.active()
            .filter(release -> release.state() instanceof ReleaseState.RollingBack)
            .map(Release::target)
            .orElse(OptionalInt.empty());
    return target.isPresent() && !head.is(target.getAsInt(), VersionStatus.GOOD)
        ? Optional.of("I13: a rollback goes to a version that is not good")
        : Optional.empty();
  }
}
