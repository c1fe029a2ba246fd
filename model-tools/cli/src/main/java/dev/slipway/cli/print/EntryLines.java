package dev.slipway.cli.print;

import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ledger.LedgerEntry;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Ledger entries as a person or a script reads them. */
public final class EntryLines {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private EntryLines() {}

  /** {@return an entry as one line: number, time, who, from where to where, why, numbers} */
  public static String line(LedgerEntry entry) {
    return "%4d  %s  %-22s %-24s %s%s"
        .formatted(
            entry.seq(),
            TIME.format(entry.at().atZone(ZoneId.systemDefault())),
            entry.actor(),
            move(entry),
            event(entry.event()),
            evidence(entry));
  }

  /** {@return an entry in the form that {@code releases --json} prints} */
  public static Map<String, Object> json(LedgerEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seq", entry.seq());
    json.put("at", entry.at().toString());
    json.put("actor", entry.actor());
    entry.release().ifPresent(release -> json.put("release", release));
    json.put("from", entry.from());
    json.put("to", entry.to());
    json.put("event", entry.event().getClass().getSimpleName());
    json.put("why", event(entry.event()));
    json.put("evidence", entry.evidence());
    return json;
  }

  private static String move(LedgerEntry entry) {
    return entry.from().equals(entry.to()) ? entry.to() : entry.from() + " → " + entry.to();
  }

  private static String evidence(LedgerEntry entry) {
    return entry.evidence().isEmpty() ? "" : "  [" + Numbers.text(entry.evidence()) + "]";
  }

  private static String event(ReleaseEvent event) {
    return switch (event) {
      case ReleaseEvent.EpochOpened opened -> "new ledger after a restart: " + opened.reason();
      case ReleaseEvent.FallbackWanted _ -> "publish the fallback responder";
      case ReleaseEvent.FallbackRecorded fallback ->
          "fallback responder is version " + fallback.version();
      case ReleaseEvent.Proposed proposed ->
          "%s of bundle %s: %s"
              .formatted(
                  proposed.proposal().kind(),
                  shortened(proposed.proposal().bundleDigest()),
                  proposed.proposal().reason());
      case ReleaseEvent.Refused refused -> "refused: " + reasons(refused.reasons());
      case ReleaseEvent.Started _ -> "started";
      case ReleaseEvent.VerificationPassed _ -> "bundle verified";
      case ReleaseEvent.Rejected rejected -> reasons(rejected.reasons());
      case ReleaseEvent.PublishingStarted _ -> "publishing a version";
      case ReleaseEvent.VersionRecorded recorded -> "version " + recorded.version() + " made";
      case ReleaseEvent.ShiftStarted shift ->
          (shift.replayGated() ? "shifting, gated by replay: " : "shifting: ") + shift.why();
      case ReleaseEvent.AliasConfirmed confirmed -> "alias is " + confirmed.content();
      case ReleaseEvent.Passed _ -> "passed";
      case ReleaseEvent.RollbackStarted back ->
          "back to version %d: %s".formatted(back.target(), reasons(back.reasons()));
      case ReleaseEvent.LateRollbackStarted back ->
          "back to version %d after completion: %s"
              .formatted(back.target(), reasons(back.reasons()));
      case ReleaseEvent.DeadlinePassed _ -> "took too long";
      case ReleaseEvent.PublishFailed failed -> reasons(failed.reasons());
      case ReleaseEvent.Paused paused -> "paused: " + paused.reason();
      case ReleaseEvent.Resumed resumed -> "resumed: " + resumed.reason();
      case ReleaseEvent.AbortAsked abort -> "abort: " + abort.reason();
      case ReleaseEvent.Pinned pinned ->
          "pinned to version %d: %s".formatted(pinned.version(), pinned.reason());
      case ReleaseEvent.Unpinned unpinned -> "unpinned: " + unpinned.reason();
      case ReleaseEvent.Degraded degraded -> "DEGRADED: " + degraded.reason();
      case ReleaseEvent.ForeignAliasAdopted foreign ->
          "somebody else moved the alias to %s: kept, paused".formatted(foreign.content());
      case ReleaseEvent.ForeignAliasRefused foreign ->
          "somebody else moved the alias to %s: put back".formatted(foreign.content());
      case ReleaseEvent.VersionRetired retired ->
          "version %d may go after %s".formatted(retired.version(), retired.notBefore());
      case ReleaseEvent.VersionDeleted deleted -> "version %d deleted".formatted(deleted.version());
    };
  }

  private static String reasons(List<Reason> reasons) {
    return reasons.stream().map(Reason::toString).collect(Collectors.joining("; "));
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }
}
