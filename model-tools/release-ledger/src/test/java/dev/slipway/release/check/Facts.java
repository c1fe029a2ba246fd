package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Content;
import dev.slipway.release.Head;
import dev.slipway.release.Mode;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.Version;
import dev.slipway.release.VersionStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What the invariants ask of a head, worked out once for each head. Sets of versions are bit sets.
 *
 * @param desired number of the alias content that is wanted
 * @param needed stable, baseline and fallback: they must exist
 * @param neededGone whether one of them is retired or deleted
 * @param good good versions
 * @param givenUp bad, retired and deleted versions
 * @param stray candidates outside their own release with traffic
 * @param served versions that an alias write ever intended
 * @param settled whether nothing is in flight and the newest wish is confirmed
 * @param pinned number of the content that a confirmed pin claims; -1 when none does
 * @param stableGood whether the stable version is good
 * @param targetGood whether the rollback target, if any, is good
 * @param twins whether two live versions have the same content
 * @param atRest whether no release is active or waits
 * @param degraded whether people have been paged
 */
record Facts(
    int desired,
    int needed,
    boolean neededGone,
    int good,
    int givenUp,
    int stray,
    int served,
    boolean settled,
    int pinned,
    boolean stableGood,
    boolean targetGood,
    boolean twins,
    boolean atRest,
    boolean degraded) {

  static Facts of(Head head, ToIntFunction<AliasContent> contents) {
    int needed =
        Stream.of(
                head.stable(),
                head.fallback(),
                head.active().map(Release::baseline).orElse(OptionalInt.empty()))
            .filter(OptionalInt::isPresent)
            .mapToInt(version -> 1 << version.getAsInt())
            .reduce(0, (all, bit) -> all | bit);
    int gone = bits(head, status(VersionStatus.RETIRED).or(status(VersionStatus.DELETED)));
    boolean pinned = head.control().mode() == Mode.PINNED;
    boolean claimed = pinned && head.control().pinConfirmed();
    return new Facts(
        contents.applyAsInt(head.desired().orElseThrow()),
        needed,
        (needed & gone) != 0,
        bits(head, status(VersionStatus.GOOD)),
        gone | bits(head, status(VersionStatus.BAD)),
        stray(head),
        bits(head, Version::servedEver),
        head.active().isEmpty() && head.isAliasConfirmed() && (!pinned || claimed),
        claimed
            ? contents.applyAsInt(AliasContent.only(head.control().pinned().orElseThrow()))
            : -1,
        head.is(head.stable().orElseThrow(), VersionStatus.GOOD),
        isTargetGood(head),
        hasTwins(head),
        head.active().isEmpty() && head.pending().isEmpty(),
        head.control().degraded().isPresent());
  }

  private static Predicate<Version> status(VersionStatus status) {
    return version -> version.status() == status;
  }

  private static int bits(Head head, Predicate<Version> which) {
    return head.versions().values().stream()
        .filter(which)
        .mapToInt(version -> 1 << version.number())
        .reduce(0, (all, bit) -> all | bit);
  }

  private static int stray(Head head) {
    OptionalInt own =
        head.active()
            .filter(release -> release.state() instanceof ReleaseState.WithTraffic)
            .map(Release::candidate)
            .orElse(OptionalInt.empty());
    int candidates = bits(head, status(VersionStatus.CANDIDATE));
    return own.isPresent() ? candidates & ~(1 << own.getAsInt()) : candidates;
  }

  private static boolean isTargetGood(Head head) {
    OptionalInt target =
        head.active()
            .filter(release -> release.state() instanceof ReleaseState.RollingBack)
            .map(Release::target)
            .orElse(OptionalInt.empty());
    return target.isEmpty() || head.is(target.getAsInt(), VersionStatus.GOOD);
  }

  private static boolean hasTwins(Head head) {
    Set<Content> seen = new HashSet<>();
    return head.versions().values().stream()
        .filter(status(VersionStatus.GOOD).or(status(VersionStatus.CANDIDATE)))
        .map(Version::content)
        .filter(content -> !Optional.empty().equals(content.bundleDigest()))
        .anyMatch(content -> !seen.add(content));
  }
}
