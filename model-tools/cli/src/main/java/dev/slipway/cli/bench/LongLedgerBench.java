package dev.slipway.cli.bench;

import dev.slipway.release.Reason;
import dev.slipway.release.aws.S3EntryStore;
import dev.slipway.release.ledger.InMemoryEntryStore;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** How long the state of a model with a long history takes to read, from S3. */
public final class LongLedgerBench {
  private static final String MODEL = "long";
  private static final int AT_ONCE = 8;
  private static final int PAGE = 1000;
  private static final double MILLIS = 1e6;

  private final S3Client s3;

  /**
   * A bench in a bucket of its own, which it removes.
   *
   * @param s3 makes the bucket; not closed here
   */
  public LongLedgerBench(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * What was seen.
   *
   * @param entries entries of the ledger
   * @param milliseconds each read of the state by a reader that knows nothing yet
   */
  public record Report(int entries, Spread milliseconds) {}

  /** {@return what {@code reads} reads of the state took} */
  public Report run(int entries, int reads) {
    String bucket = "slipway-bench-" + UUID.randomUUID();
    s3.createBucket(create -> create.bucket(bucket));
    try {
      fill(bucket, entries);
      List<Double> took = new ArrayList<>();
      for (int read = 0; read < reads; read++) {
        long from = System.nanoTime();
        long seq = ledger(bucket).read(MODEL).head().seq();
        took.add(Duration.ofNanos(System.nanoTime() - from).toNanos() / MILLIS);
        if (seq != entries) {
          throw new IllegalStateException("read " + seq + " of " + entries + " entries");
        }
      }
      return new Report(entries, Spread.of(took));
    } finally {
      remove(bucket);
    }
  }

  private ReleaseLedger ledger(String bucket) {
    return new ReleaseLedger(new S3EntryStore(s3, bucket), Clock.systemUTC());
  }

  /**
   * The ledger writes into memory one entry after the other; its objects are then copied at once.
   */
  private void fill(String bucket, int entries) {
    InMemoryEntryStore memory = new InMemoryEntryStore();
    ReleaseLedger ledger = new ReleaseLedger(memory, Clock.systemUTC());
    for (int run = 1; run <= entries; run++) {
      ledger.refuse(MODEL, "run-" + run, List.of(new Reason("BENCH", "one entry")), "bench");
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> writes = new ArrayList<>();
      for (String key : memory.list(MODEL + "/", MODEL + "/", Integer.MAX_VALUE)) {
        byte[] content = memory.get(key).orElseThrow();
        writes.add(
            threads.submit(() ->
                s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content))));
      }
      for (Future<?> write : writes) {
        write.get();
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
      throw new IllegalStateException("the ledger could not be written", failure);
    }
  }

  private void remove(String bucket) {
    s3.listObjectsV2Paginator(list -> list.bucket(bucket).maxKeys(PAGE)).stream()
        .forEach(page -> {
          List<ObjectIdentifier> keys =
              page.contents().stream()
                  .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                  .toList();
          if (!keys.isEmpty()) {
            s3.deleteObjects(
                delete -> delete.bucket(bucket).delete(objects -> objects.objects(keys)));
          }
        });
    s3.deleteBucket(delete -> delete.bucket(bucket));
  }
}
