package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a worker does next. Pure: the same head and view give the same plan, whoever asks, and
 * however often; so any worker may be killed at any step and the next one goes on.
 */
public final class Planner {
  private Planner() {}

  /**
   * {@return the next step}
   *
   * @param head the state, read after the view
   * @param view what was seen before
   */
  public static Plan next(Head head, View view) {
    if (head.stable().isEmpty()) {
      return head.fallback().isEmpty()
          ? new Plan.Write(new ReleaseEvent.FallbackWanted())
          : new Plan.PublishFallback();
    }
    AliasContent desired = head.desired().orElseThrow();
    // Unconfirmed: whoever created it was killed, perhaps before the gateway might call it.
    if (view.alias().isEmpty() || head.confirmed().isEmpty()) {
      return new Plan.CreateAlias(desired);
    }
    View.SeenAlias alias = view.alias().get();
    if (!alias.content().equals(desired) && isForeign(head, alias)) {
      return foreign(head, alias.content(), desired);
    }
    return head.active()
        .map(release -> PlanRelease.next(head, release, view))
        .orElseGet(() -> atRest(head, view, alias, desired));
  }

  /** Ours is what was intended at the entry that the alias itself names. */
  private static boolean isForeign(Head head, View.SeenAlias alias) {
    if (head.confirmed().equals(Optional.of(alias.content()))) {
      return false;
    }
    if (alias.seq().isEmpty() || head.intents().isEmpty()) {
      return true;
    }
    long seq = alias.seq().getAsLong();
    return head.intents().reversed().stream()
        .filter(intent -> intent.seq() <= seq)
        .findFirst()
        .map(intent -> !intent.content().equals(alias.content()))
        // Older than all that is remembered: a worker frozen that long is fenced by the revision.
        .orElse(true);
  }

  private static Plan foreign(Head head, AliasContent found, AliasContent desired) {
    boolean good = found.serves().stream().allMatch(number -> head.is(number, VersionStatus.GOOD));
    return good && head.control().mode() != Mode.PINNED
        ? new Plan.Write(new ReleaseEvent.ForeignAliasAdopted(found))
        : new Plan.RestoreAlias(found, desired);
  }

  private static Plan atRest(Head head, View view, View.SeenAlias alias, AliasContent desired) {
    boolean unconfirmedPin = head.control().mode() == Mode.PINNED && !head.control().pinConfirmed();
    // Even if the alias looks right: a write of an older wish may be on its way (W5).
    if (!alias.content().equals(desired) || unconfirmedPin || !head.isAliasConfirmed()) {
      return new Plan.MoveAlias(desired, false);
    }
    return lateRollback(head, view)
        .or(() -> queue(head, view))
        .or(() -> changedWish(head, view))
        .or(() -> removal(head, alias.content().serves(), view.now()))
        .orElse(new Plan.Rest(false, view.wish().settings().tick()));
  }

  private static Optional<Plan> lateRollback(Head head, View view) {
    int stable = head.stable().orElseThrow();
    boolean regretted = head.regretUntil().filter(view.now()::isBefore).isPresent();
    if (!view.unfit().contains(stable)
        || !regretted
        || head.control().mode() == Mode.PINNED
        || head.control().degraded().isPresent()) {
      return Optional.empty();
    }
    OptionalInt target = RollbackTarget.choose(head, view.unfit());
    String why = "version " + stable + " is in ALARM after its release completed";
    if (target.isEmpty()) {
      return Optional.of(new Plan.Write(new ReleaseEvent.Degraded(why)));
    }
    return Optional.of(
        new Plan.Write(
            new ReleaseEvent.LateRollbackStarted(
                "rollback-" + (head.seq() + 1),
                target.getAsInt(),
                false,
                view.wish().settings(),
                List.of(new Reason("LATE_ALARM", why)))));
  }

  private static Optional<Plan> queue(Head head, View view) {
    if (head.pending().isEmpty()) {
      return Optional.empty();
    }
    if (!view.now().isBefore(head.pending().get().deadline())) {
      return Optional.of(new Plan.Write(new ReleaseEvent.DeadlinePassed(OptionalInt.empty())));
    }
    return head.control().movesForward()
        ? Optional.of(new Plan.Write(new ReleaseEvent.Started(view.wish().settings())))
        : Optional.empty();
  }

  /** Changed code or configuration is a release of the bundle that serves, like a new model. */
  private static Optional<Plan> changedWish(Head head, View view) {
    View.Wanted wish = view.wish();
    if (!head.control().movesForward()
        || head.triedWish().equals(Optional.of(wish.key()))
        || head.pending().isPresent()) {
      return Optional.empty();
    }
    Optional<Content> serving = head.version(head.stable().orElseThrow()).map(Version::content);
    if (serving.flatMap(Content::bundleDigest).isEmpty()) {
      return Optional.empty();
    }
    boolean code = !serving.get().codeSha256().equals(wish.codeSha256());
    boolean config = !serving.get().configHash().equals(wish.configHash());
    if (!code && !config) {
      return Optional.empty();
    }
    return Optional.of(
        new Plan.Write(
            new ReleaseEvent.Proposed(
                new Proposal(
                    (code ? "code-" : "config-") + (head.seq() + 1),
                    code ? ReleaseKind.CODE : ReleaseKind.CONFIG,
                    serving.get().bundleDigest().orElseThrow(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(wish.key()),
                    false,
                    "the stack wants other " + (code ? "code" : "configuration") + " served"))));
  }

  private static Optional<Plan> removal(Head head, Set<Integer> served, Instant now) {
    List<Integer> deletable = Removal.deletable(head, served, now);
    if (!deletable.isEmpty()) {
      return Optional.of(new Plan.DeleteVersion(deletable.getFirst()));
    }
    List<Integer> retirable = Removal.retirable(head, served, now);
    return retirable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Plan.Write(
                new ReleaseEvent.VersionRetired(
                    retirable.getFirst(), now.plus(Transition.RETIREMENT))));
  }
}
