package dev.slipway.cli.up;

import dev.slipway.cli.local.ArchivedEntries;
import dev.slipway.release.DatasetSequence;
import dev.slipway.release.Head;
import dev.slipway.release.Proposal;
import dev.slipway.release.Release;
import dev.slipway.release.ledger.LedgerState;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the ended ledgers of one model say to the one that follows.
 *
 * @param seq number of the newest ledger's last entry
 * @param hash hash of that entry
 * @param bundle the bundle that served last; empty when none ever did
 * @param newest age of the newest data whose release had ended
 * @param unfinished the run whose release was in flight or waited
 */
record EndedLedger(
    long seq,
    String hash,
    Optional<String> bundle,
    Optional<DatasetSequence> newest,
    Optional<String> unfinished) {

  /**
   * {@return the account of a model; empty when there was no ledger} A start that was interrupted
   * leaves a short ledger without a bundle: then an older one says what served.
   */
  static Optional<EndedLedger> of(List<ArchivedEntries> newestFirst, String model) {
    Optional<EndedLedger> found = Optional.empty();
    for (ArchivedEntries entries : newestFirst) {
      LedgerState state = new ReleaseLedger(entries, Clock.systemUTC()).read(model);
      if (state.head().seq() == 0) {
        continue;
      }
      EndedLedger ended =
          new EndedLedger(
              state.head().seq(),
              state.hash(),
              state.head().liveBundle(),
              newest(state.head()),
              unfinished(state.head()).flatMap(Proposal::runId));
      found = Optional.of(found.map(newer -> newer.completedBy(ended)).orElse(ended));
      if (found.get().bundle().isPresent()) {
        return found;
      }
    }
    return found;
  }

  /** The newest proposal of a run that had not come to its end; it makes its data the newest. */
  static Optional<Proposal> unfinished(Head head) {
    return Stream.of(head.pending(), head.active())
        .flatMap(Optional::stream)
        .map(Release::proposal)
        .filter(proposal -> proposal.runId().isPresent())
        .filter(proposal -> !head.liveBundle().equals(Optional.of(proposal.bundleDigest())))
        .findFirst();
  }

  /** Data in flight does not count: it will be proposed again, and must not be too old then. */
  private static Optional<DatasetSequence> newest(Head head) {
    return unfinished(head).isEmpty()
        ? head.highWater()
        : head.last().flatMap(release -> release.proposal().datasetSequence());
  }

  private EndedLedger completedBy(EndedLedger older) {
    return new EndedLedger(seq, hash, older.bundle, newest.or(() -> older.newest), unfinished);
  }
}
