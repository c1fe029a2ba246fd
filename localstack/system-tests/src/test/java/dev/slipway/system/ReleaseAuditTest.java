package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.release.Reason;
import dev.slipway.release.aws.S3EntryStore;
import dev.slipway.release.ledger.AuditReport;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** The audit of ledgers in S3 buckets with versions, as {@code audit verify} does it. */
@SystemTest
@Order(3)
final class ReleaseAuditTest {
  private static final String MODEL = "demo";
  private static final int ENTRIES = 23;
  private static final int TAMPERED = 9;

  private final S3Client s3;

  /** A client of the local AWS. */
  ReleaseAuditTest(LocalSystem system) {
    SdkSettings.use(system);
    s3 =
        S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .forcePathStyle(true)
            .build();
  }

  @Test
  void auditVerify_ofTheModelThatServes_findsEveryEntryInOrder(LocalSystem system) {
    JsonNode report = system.json("audit", "verify", LocalSystem.MODEL, "--json");

    assertEquals(0, report.path("problems").size(), report.toString());
    assertEquals(system.releases().path("seq").asLong(), report.path("entries").asLong());
  }

  @Test
  void audit_entryDeleted_namesIt() {
    String bucket = ledger();
    s3.deleteObject(delete -> delete.bucket(bucket).key(key(TAMPERED)));

    names(bucket, TAMPERED);
  }

  @Test
  void audit_entryAltered_namesIt() {
    String bucket = ledger();
    put(bucket, TAMPERED, text(bucket, TAMPERED).replace("too bad", "too good"));

    names(bucket, TAMPERED);
  }

  @Test
  void audit_lastEntryAltered_namesIt() {
    String bucket = ledger();
    put(bucket, ENTRIES, text(bucket, ENTRIES).replace("too bad", "too good"));

    names(bucket, ENTRIES);
  }

  @Test
  void audit_entriesExchanged_namesBoth() {
    String bucket = ledger();
    String first = text(bucket, TAMPERED);
    put(bucket, TAMPERED, text(bucket, TAMPERED + 1));
    put(bucket, TAMPERED + 1, first);

    names(bucket, TAMPERED);
    names(bucket, TAMPERED + 1);
  }

  @Test
  void audit_lastEntryDeletedAndWrittenAgain_namesIt() {
    String bucket = ledger();
    String last = text(bucket, ENTRIES);
    s3.deleteObject(delete -> delete.bucket(bucket).key(key(ENTRIES)));
    put(bucket, ENTRIES, last);

    names(bucket, ENTRIES);
  }

  private String ledger() {
    String bucket = "audit-" + UUID.randomUUID();
    s3.createBucket(create -> create.bucket(bucket));
    s3.putBucketVersioning(put ->
        put.bucket(bucket)
            .versioningConfiguration(version -> version.status(BucketVersioningStatus.ENABLED)));
    ReleaseLedger ledger = opened(bucket);
    for (int run = 1; run <= ENTRIES; run++) {
      ledger.refuse(MODEL, "run-" + run, List.of(new Reason("BAD", "too bad")), "propose");
    }
    AuditReport before = opened(bucket).audit(MODEL);
    assertEquals(List.of(), before.problems());
    assertEquals(ENTRIES, before.entries());
    return bucket;
  }

  private ReleaseLedger opened(String bucket) {
    return new ReleaseLedger(new S3EntryStore(s3, bucket), Clock.systemUTC());
  }

  private void names(String bucket, int entry) {
    List<String> problems = opened(bucket).audit(MODEL).problems();
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(key(entry))),
        key(entry) + " is not named by " + problems);
  }

  private String text(String bucket, int entry) {
    return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(entry))).asUtf8String();
  }

  private void put(String bucket, int entry, String text) {
    s3.putObject(put -> put.bucket(bucket).key(key(entry)), RequestBody.fromString(text));
  }

  private static String key(int entry) {
    return "%s/%012d.json".formatted(MODEL, entry);
  }
}
