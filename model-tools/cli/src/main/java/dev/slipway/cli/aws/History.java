package dev.slipway.cli.aws;

import dev.slipway.release.Head;
import dev.slipway.release.aws.S3EntryStore;
import dev.slipway.release.ledger.AuditReport;
import dev.slipway.release.ledger.LedgerEntry;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The history of one model's releases, read from its ledger. Confined to one thread. */
public final class History {
  private final ReleaseLedger ledger;
  private final String model;

  private History(ReleaseLedger ledger, String model) {
    this.ledger = ledger;
    this.model = model;
  }

  /** {@return the history of {@code model}} */
  public static History of(
      AwsClients clients, Map<String, Map<String, String>> outputs, String model) {
    Stacks.modelOutput(outputs, model, "FunctionName");
    String bucket = Stacks.baseOutput(outputs, "LedgerBucket");
    return new History(
        new ReleaseLedger(new S3EntryStore(clients.s3(), bucket), Clock.systemUTC()), model);
  }

  /** {@return where everything stands now} */
  public Head head() {
    return ledger.read(model).head();
  }

  /** {@return at most {@code limit} entries up to the newest, oldest first} */
  public List<LedgerEntry> newest(int limit) {
    long first = Math.max(1, head().seq() - limit + 1);
    return ledger.entries(model, first, limit);
  }

  /** {@return at most {@code limit} entries after number {@code seq}, oldest first} */
  public List<LedgerEntry> after(long seq, int limit) {
    return ledger.entries(model, seq + 1, limit);
  }

  /** {@return what reading every entry with its hash chain found} */
  public AuditReport audit() {
    return ledger.audit(model);
  }
}
