package dev.slipway.release.check;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Head;
import dev.slipway.release.Plan;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseKind;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.Version;
import dev.slipway.release.View;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * 64-bit fingerprints of everything that a decision depends on. Left out is what none depends on:
 * numbers of entries, histories, exact times.
 */
// Only within one run: nothing is stored.
@SuppressWarnings("EnumOrdinal")
final class Fingerprint {
  private Fingerprint() {}

  static long of(long... parts) {
    long hash = parts.length;
    for (long part : parts) {
      hash = mix(hash ^ mix(part));
    }
    return hash;
  }

  static long of(boolean value) {
    return value ? 1 : 2;
  }

  static long of(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : -1;
  }

  static long of(AliasContent content) {
    return of(content.primary(), of(content.secondary()), content.weightPercent());
  }

  static long of(View view) {
    long unfit = 0;
    for (int version : view.unfit().stream().sorted().toList()) {
      unfit = of(unfit, version);
    }
    return of(
        view.alias().map(seen -> of(seen.content())).orElse(0L),
        unfit,
        of(view.now().isAfter(State.EARLY)));
  }

  static long of(Head head) {
    long versions = 1;
    for (Version version : head.versions().values()) {
      versions = of(versions, version.number(), version.status().ordinal());
    }
    return of(
        of(head.fallback()),
        of(head.stable()),
        of(head.previousStable()),
        head.active().map(Fingerprint::of).orElse(0L),
        text(head.pending().map(Release::id)),
        head.control().mode().ordinal(),
        of(head.control().pinned()),
        of(head.control().pinConfirmed()),
        of(head.control().degraded().isPresent()),
        head.control().adopted().map(Fingerprint::of).orElse(0L),
        of(head.regretUntil().isPresent()),
        head.confirmed().map(Fingerprint::of).orElse(0L),
        of(head.isAliasConfirmed()),
        versions);
  }

  private static long of(Release release) {
    boolean rollback = release.proposal().kind() == ReleaseKind.ROLLBACK;
    return of(
        of(rollback),
        rollback ? 0 : text(Optional.of(release.id())),
        of(release.state()),
        of(release.candidate()),
        of(release.baseline()),
        of(release.target()),
        of(release.replayGated()));
  }

  private static long of(ReleaseState state) {
    long step =
        switch (state) {
          case ReleaseState.Shifting(int number) -> number;
          case ReleaseState.Canary(int number) -> number;
          case ReleaseState.Waiting _,
              ReleaseState.BeforeTraffic _,
              ReleaseState.WithTraffic _,
              ReleaseState.Terminal _ ->
              -1;
        };
    return of(kind(state), step);
  }

  static long of(Plan plan) {
    long detail =
        switch (plan) {
          case Plan.Write(ReleaseEvent event) -> of(event);
          case Plan.MoveAlias(AliasContent content, _) -> of(content);
          case Plan.RestoreAlias(AliasContent found, _) -> of(found);
          case Plan.CreateAlias(AliasContent content) -> of(content);
          case Plan.DeleteVersion(int number) -> number;
          case Plan.Verify _, Plan.Publish _, Plan.Probe _, Plan.Judge _ -> 0;
          case Plan.PublishFallback _, Plan.Rest _ -> 0;
        };
    return of(kind(plan), detail);
  }

  static long of(ReleaseEvent event) {
    long detail = 0;
    if (event instanceof ReleaseEvent.RollbackStarted back) {
      detail = back.target();
    } else if (event instanceof ReleaseEvent.LateRollbackStarted back) {
      detail = back.target();
    } else if (event instanceof ReleaseEvent.DeadlinePassed passed) {
      detail = of(passed.target());
    } else if (event instanceof ReleaseEvent.VersionRetired retired) {
      detail = retired.version();
    } else if (event instanceof ReleaseEvent.ForeignAliasAdopted foreign) {
      detail = of(foreign.content());
    }
    return of(kind(event), detail);
  }

  private static long kind(Object value) {
    return System.identityHashCode(value.getClass());
  }

  private static long text(Optional<String> value) {
    return value.map(found -> (long) found.hashCode()).orElse(0L);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): every bit moves every other. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
