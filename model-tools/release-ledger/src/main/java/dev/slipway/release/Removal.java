package dev.slipway.release;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Rule W8: removal in two phases, and what may never be removed. */
final class Removal {
  /** Besides the protected ones, so many of the newest good versions stay. */
  static final int GOOD_KEPT = 2;

  private static final int DELETED_REMEMBERED = 20;

  private Removal() {}

  static Outcome retired(Head head, ReleaseEvent.VersionRetired retired) {
    int number = retired.version();
    Optional<Version> version = head.version(number);
    if (version.isEmpty() || isGone(version.get()) || isProtected(head, number)) {
      return Transition.refused(
          "VERSION_PROTECTED", "version " + number + " is needed, gone, or unknown");
    }
    HeadEditor next = new HeadEditor(head);
    next.versions.put(number, version.get().retired(retired.notBefore()));
    return Transition.applied(head, next);
  }

  static Outcome deleted(Head head, int number, Instant at) {
    Optional<Version> version =
        head.version(number).filter(known -> known.status() == VersionStatus.RETIRED);
    boolean due =
        version.flatMap(Version::retireNotBefore).filter(from -> !at.isBefore(from)).isPresent();
    if (!due || isProtected(head, number)) {
      return Transition.refused("VERSION_NOT_DUE", "version " + number + " may not be deleted yet");
    }
    HeadEditor next = new HeadEditor(head);
    next.mark(number, VersionStatus.DELETED);
    List<Integer> deleted =
        next.versions.values().stream()
            .filter(known -> known.status() == VersionStatus.DELETED)
            .map(Version::number)
            .toList();
    deleted
        .subList(0, Math.max(0, deleted.size() - DELETED_REMEMBERED))
        .forEach(next.versions::remove);
    return Transition.applied(head, next);
  }

  /** {@return the versions that may be retired now, oldest first} */
  static List<Integer> retirable(Head head, Set<Integer> served, Instant now) {
    boolean publishing =
        head.active()
            .filter(release -> release.state() instanceof ReleaseState.Publishing)
            .isPresent();
    if (publishing) {
      return List.of();
    }
    boolean regret = head.regretUntil().filter(now::isBefore).isPresent();
    return head.versions().values().stream()
        .filter(version -> !isGone(version))
        .map(Version::number)
        .filter(number -> !isProtected(head, number))
        .filter(number -> !served.contains(number))
        .filter(number -> !(regret && head.previousStable().equals(OptionalInt.of(number))))
        .toList();
  }

  /** {@return the retired versions whose grace is over} */
  static List<Integer> deletable(Head head, Set<Integer> served, Instant now) {
    return head.versions().values().stream()
        .filter(version -> version.status() == VersionStatus.RETIRED)
        .filter(
            version -> version.retireNotBefore().filter(from -> !now.isBefore(from)).isPresent())
        .map(Version::number)
        .filter(number -> !served.contains(number) && !isProtected(head, number))
        .toList();
  }

  private static boolean isGone(Version version) {
    return switch (version.status()) {
      case RETIRED, DELETED -> true;
      case CANDIDATE, GOOD, BAD -> false;
    };
  }

  private static boolean isProtected(Head head, int number) {
    Set<Integer> kept = new HashSet<>();
    Stream.of(head.fallback(), head.stable(), head.control().pinned())
        .forEach(version -> version.ifPresent(kept::add));
    head.active()
        .ifPresent(release ->
            Stream.of(release.candidate(), release.baseline(), release.target())
                .forEach(version -> version.ifPresent(kept::add)));
    head.versions().values().stream()
        .filter(version -> version.status() == VersionStatus.GOOD)
        .filter(version -> !OptionalInt.of(version.number()).equals(head.fallback()))
        .map(Version::number)
        .sorted((left, right) -> Integer.compare(right, left))
        .limit(GOOD_KEPT)
        .forEach(kept::add);
    return kept.contains(number);
  }
}
