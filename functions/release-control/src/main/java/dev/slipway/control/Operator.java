package dev.slipway.control;

import dev.slipway.control.port.World;
import dev.slipway.control.wish.WishReader;
import dev.slipway.release.Head;
import dev.slipway.release.Mode;
import dev.slipway.release.Reason;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseSettings;
import dev.slipway.release.ReleaseState;
import dev.slipway.release.RollbackTarget;
import dev.slipway.release.ledger.AppendResult;
import dev.slipway.release.ledger.LedgerState;
import dev.slipway.release.ledger.LedgerUnavailableException;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes what people decide into the ledger (rule W13). Every command may be repeated, and given by
 * two people at once: the second one is told what the first one did.
 */
final class Operator {
  private static final int ATTEMPTS = 20;

  /** A rollback asked again so soon is the same wish of another person. */
  private static final Duration SAME_WISH = Duration.ofSeconds(60);

  private final World world;
  private final ReleaseLedger ledger;

  Operator(World world, ReleaseLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  /** {@return what became of a command that changes something} */
  Answer obey(Command command) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LedgerState state = ledger.read(command.model());
      Decision decision = decide(command, state.head());
      switch (decision) {
        case Decision.Say(Answer answer) -> {
          return answer;
        }
        case Decision.Write(ReleaseEvent event, String message) -> {
          AppendResult result =
              ledger.append(
                  command.model(), state, event, "operator:" + command.actor(), new TreeMap<>());
          Optional<Answer> answer = answer(result, message, state.head().seq());
          if (answer.isPresent()) {
            return answer.get();
          }
        }
      }
    }
    throw new LedgerUnavailableException("LEDGER_BUSY: others always wrote first; try again");
  }

  private static Optional<Answer> answer(AppendResult result, String message, long seq) {
    return switch (result) {
      case AppendResult.Appended(var after) ->
          Optional.of(Answer.done(message, after.head().seq()));
      case AppendResult.Overtaken _ -> Optional.empty();
      case AppendResult.Refused(var reason) ->
          Optional.of(Answer.refused(reason.code(), reason.message(), seq));
    };
  }

  /** What to do about a command in one state. */
  private sealed interface Decision {
    record Say(Answer answer) implements Decision {}

    record Write(ReleaseEvent event, String message) implements Decision {}
  }

  private Decision decide(Command command, Head head) {
    return switch (command.verb()) {
      case Command.Verb.Rollback(OptionalInt version) -> rollback(command, head, version);
      case Command.Verb.Pin(int version) -> pin(command, head, version);
      case Command.Verb.Unpin _ ->
          head.control().mode() != Mode.PINNED
              ? already("nothing is pinned", head)
              : new Decision.Write(
                  new ReleaseEvent.Unpinned(command.reason()), "the controller decides again");
      case Command.Verb.Pause _ -> pause(command, head);
      case Command.Verb.Resume _ -> resume(command, head);
      case Command.Verb.Abort _ -> abort(command, head);
      case Command.Verb.OpenEpoch(ReleaseEvent.EpochOpened epoch) ->
          head.previousEpoch().equals(Optional.of(epoch.previousHead()))
              ? already("this ledger goes on from that one already", head)
              : new Decision.Write(epoch, "the ledger goes on after entry " + epoch.previousSeq());
      case Command.Verb.Status _, Command.Verb.Releases _ ->
          throw new IllegalArgumentException("a question changes nothing");
    };
  }

  private Decision rollback(Command command, Head head, OptionalInt asked) {
    if (head.stable().isEmpty()) {
      return refused("NOTHING_SERVES", "the model has no version yet", head);
    }
    if (head.active().isPresent()) {
      return rollbackActive(command, head, head.active().get(), asked);
    }
    if (asked.equals(head.stable())) {
      return already("version " + asked.getAsInt() + " serves already", head);
    }
    if (asked.isEmpty() && isRecent(head)) {
      Release last = head.last().orElseThrow();
      return already(
          "it was rolled back a moment ago to version "
              + head.stable().getAsInt()
              + " by "
              + last.actor()
              + "; name a version to go further",
          head);
    }
    OptionalInt target = asked.isPresent() ? asked : RollbackTarget.choose(head, unfit(command));
    if (target.isEmpty() || (asked.isEmpty() && target.equals(head.fallback()))) {
      return refused(
          "NO_TARGET",
          "no earlier good version is left but the fallback responder"
              + head.fallback().stream()
                  .mapToObj(number -> " (version " + number + ")")
                  .findFirst()
                  .orElse("")
              + ", which answers every request with 503; name it to go there",
          head);
    }
    return new Decision.Write(
        new ReleaseEvent.LateRollbackStarted(
            "rollback-" + (head.seq() + 1),
            target.getAsInt(),
            true,
            settings(command),
            List.of(new Reason("ASKED_BY_PERSON", command.reason()))),
        "all traffic goes back to version " + target.getAsInt());
  }

  private Decision rollbackActive(Command command, Head head, Release active, OptionalInt asked) {
    if (active.state() instanceof ReleaseState.BeforeTraffic) {
      return abort(command, head);
    }
    OptionalInt target = asked.isPresent() ? asked : RollbackTarget.choose(head, unfit(command));
    if (active.state() instanceof ReleaseState.RollingBack
        && (asked.isEmpty() || asked.equals(active.target()))) {
      return already(
          "it is being rolled back to version " + active.target().orElseThrow() + " already", head);
    }
    if (target.isEmpty()) {
      return refused("NO_TARGET", "no good version is left to go back to", head);
    }
    return new Decision.Write(
        new ReleaseEvent.RollbackStarted(
            target.getAsInt(), List.of(new Reason("ASKED_BY_PERSON", command.reason()))),
        "all traffic goes back to version " + target.getAsInt());
  }

  private boolean isRecent(Head head) {
    return head.last()
        .filter(last -> last.state() instanceof ReleaseState.RolledBack)
        .filter(last -> last.deadline().plus(SAME_WISH).isAfter(world.time().now()))
        .isPresent();
  }

  private static Decision pin(Command command, Head head, int version) {
    boolean pinned =
        head.control().mode() == Mode.PINNED
            && head.control().pinned().equals(OptionalInt.of(version));
    return pinned
        ? already("version " + version + " is pinned already", head)
        : new Decision.Write(
            new ReleaseEvent.Pinned(version, command.reason()),
            "version " + version + " is pinned; nothing moves it until unpin");
  }

  private static Decision pause(Command command, Head head) {
    return switch (head.control().mode()) {
      case PAUSED -> already("the model is paused already", head);
      case PINNED -> already("the model is pinned, which holds everything back already", head);
      case AUTO ->
          new Decision.Write(
              new ReleaseEvent.Paused(command.reason()),
              "no release moves forward until resume; rollbacks still work");
    };
  }

  private static Decision resume(Command command, Head head) {
    boolean free = head.control().mode() == Mode.AUTO && head.control().degraded().isEmpty();
    return free
        ? already("the model is neither paused nor degraded", head)
        : new Decision.Write(
            new ReleaseEvent.Resumed(command.reason()), "releases move forward again");
  }

  private Decision abort(Command command, Head head) {
    Optional<Release> due = head.active().or(head::pending);
    if (due.isEmpty()) {
      return already("no release is in flight", head);
    }
    if (due.get().state() instanceof ReleaseState.RollingBack) {
      return already("release " + due.get().id() + " is being rolled back already", head);
    }
    return new Decision.Write(
        new ReleaseEvent.AbortAsked(RollbackTarget.choose(head, unfit(command)), command.reason()),
        "release " + due.get().id() + " ends");
  }

  private Set<Integer> unfit(Command command) {
    return world.alarms().inAlarm(command.model());
  }

  private ReleaseSettings settings(Command command) {
    return world
        .wishes()
        .read(command.model())
        .map(json -> WishReader.read(command.model(), json).settings())
        .orElseGet(ReleaseSettings::defaults);
  }

  private static Decision already(String message, Head head) {
    return new Decision.Say(Answer.already(message, head.seq()));
  }

  private static Decision refused(String code, String message, Head head) {
    return new Decision.Say(Answer.refused(code, message, head.seq()));
  }
}
