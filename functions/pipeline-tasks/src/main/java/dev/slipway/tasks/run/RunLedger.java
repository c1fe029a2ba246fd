package dev.slipway.tasks.run;

import dev.slipway.release.DatasetSequence;
import dev.slipway.release.Head;
import dev.slipway.release.Proposal;
import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.Version;
import dev.slipway.release.ledger.AppendResult;
import dev.slipway.release.ledger.LedgerState;
import dev.slipway.release.ledger.ReleaseLedger;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the end of a run into its model's ledger, once however often it is asked. Thread-safe.
 *
 * @param ledger all models' ledgers
 * @param actor who writes: {@code intake} or {@code propose}
 */
public record RunLedger(ReleaseLedger ledger, String actor) {
  /** Several writers meet rarely, and each time one of them gets through. */
  private static final int ATTEMPTS = 20;

  private static final String PROPOSED_ALREADY = "RELEASE_KNOWN";
  private static final String REFUSED_ALREADY = "RUN_KNOWN";

  /**
   * What became of an entry.
   *
   * @param seq number of the ledger's last entry afterwards
   * @param problem why the ledger did not take it, if it did not
   */
  public record Written(long seq, Optional<Reason> problem) {}

  /** {@return the bundle that serves now; empty while the fallback does} */
  public Optional<String> liveBundle(String model) {
    Head head = ledger.read(model).head();
    return head.stable().isPresent()
        ? Optional.ofNullable(head.versions().get(head.stable().getAsInt()))
            .map(Version::content)
            .flatMap(content -> content.bundleDigest())
        : Optional.empty();
  }

  /** Writes that a run ended without a bundle worth proposing. */
  public Written refuse(RunFiles run, List<Reason> reasons, DatasetSequence age) {
    return append(
        run, new ReleaseEvent.Refused(run.runId(), reasons, Optional.of(age)), REFUSED_ALREADY);
  }

  /** Asks for the release of a bundle. */
  public Written propose(RunFiles run, Proposal proposal) {
    return append(run, new ReleaseEvent.Proposed(proposal), PROPOSED_ALREADY);
  }

  private Written append(RunFiles run, ReleaseEvent event, String doneAlready) {
    TreeMap<String, String> evidence = new TreeMap<>();
    evidence.put("run", run.uri());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LedgerState state = ledger.read(run.model());
      switch (ledger.append(run.model(), state, event, actor, evidence)) {
        case AppendResult.Appended(LedgerState after) -> {
          return new Written(after.head().seq(), Optional.empty());
        }
        case AppendResult.Overtaken() -> {
          // Somebody else wrote that number: read again.
        }
        case AppendResult.Refused(Reason reason) -> {
          Optional<Reason> problem =
              reason.code().equals(doneAlready) ? Optional.empty() : Optional.of(reason);
          return new Written(state.head().seq(), problem);
        }
      }
    }
    throw new TaskException(
        "LEDGER_BUSY: the ledger of %s was written by others %d times in a row; the call is made again"
            .formatted(run.model(), ATTEMPTS));
  }
}
