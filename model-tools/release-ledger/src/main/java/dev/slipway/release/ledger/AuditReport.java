package dev.slipway.release.ledger;

import java.util.List;

/**
 * What an audit found.
 *
 * @param entries how many entries were read; an audit of none proves nothing
 * @param lastHash hash of the last entry: note it elsewhere to notice a shortened ledger
 * @param problems every problem, naming the entry; empty when the ledger is whole
 */
public record AuditReport(long entries, String lastHash, List<String> problems) {
  /** Copies the problems. */
  public AuditReport {
    problems = List.copyOf(problems);
  }
}
