package dev.slipway.release.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.release.AliasContent;
import dev.slipway.release.Content;
import dev.slipway.release.Proposal;
import dev.slipway.release.Reason;
import dev.slipway.release.ReleaseEvent;
import dev.slipway.release.ReleaseKind;
import dev.slipway.release.ReleaseSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to tamper, with every entry of a ledger: the audit names it. */
final class AuditPropertyTest {
  private static final int RELEASES = 6;
  private static final String OTHER = "other";

  private static final InMemoryEntryStore HISTORY = new InMemoryEntryStore();

  @BeforeAll
  static void write() {
    write(HISTORY, "demo", "a");
    write(HISTORY, OTHER, "b");
  }

  /** What somebody with too many rights may do to the entry in question. */
  enum Tampering {
    DELETED,
    ONE_BYTE_ALTERED,
    REASON_ALTERED,
    EXCHANGED_WITH_THE_NEXT,
    OVERWRITTEN_BY_THE_ONE_BEFORE,
    TAKEN_FROM_ANOTHER_MODEL,
    TRUNCATED
  }

  @ParameterizedTest
  @EnumSource(Tampering.class)
  void audit_anyEntryTamperedWith_namesIt(Tampering tampering) {
    int entries = entries(history(new VersionedEntryStore(true)));
    for (int number = 1; number <= entries; number++) {
      assertNamed(tampering, number, entries, new VersionedEntryStore(true));
    }
  }

  @Test
  void audit_nothingTamperedWith_findsNothing() {
    assertEquals(List.of(), ledger(HISTORY).audit("demo").problems());
  }

  /** The chain alone: a store without versions cannot vouch for the last entry. */
  @ParameterizedTest
  @EnumSource(Tampering.class)
  void audit_storeWithoutVersions_namesAllButTheLast(Tampering tampering) {
    int entries = entries(history(new VersionedEntryStore(true)));
    for (int number = 1; number < entries; number++) {
      assertNamed(tampering, number, entries, new VersionedEntryStore(false));
    }
  }

  @Test
  void audit_lastEntriesDeletedFromAStoreWithoutVersions_areNoticedByTheNotedHash() {
    VersionedEntryStore store = new VersionedEntryStore(false);
    history(store);
    String noted = ledger(store).audit("demo").lastHash();
    store.remove(key(entries(store)));

    assertTrue(!ledger(store).audit("demo").lastHash().equals(noted));
  }

  @Test
  void audit_anEntryAddedAtTheEnd_isNamed() {
    VersionedEntryStore store = new VersionedEntryStore(true);
    history(store);
    int entries = entries(store);
    store.overwrite(key(entries + 1), store.get(key(entries)).orElseThrow());

    assertContains(ledger(store).audit("demo").problems(), entries + 1, "an entry added");
  }

  private static void assertNamed(
      Tampering tampering, int number, int entries, VersionedEntryStore store) {
    history(store);
    tamper(tampering, number, entries, store);

    assertContains(ledger(store).audit("demo").problems(), number, tampering.name());
  }

  private static void assertContains(List<String> problems, int number, String what) {
    String name = "%012d".formatted(number);
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(name)),
        what + " of entry " + number + ": " + problems);
  }

  private static void tamper(
      Tampering tampering, int number, int entries, VersionedEntryStore store) {
    String key = key(number);
    byte[] bytes = store.get(key).orElseThrow();
    switch (tampering) {
      case DELETED -> store.remove(key);
      case ONE_BYTE_ALTERED -> store.overwrite(key, altered(bytes, number));
      case REASON_ALTERED ->
          store.overwrite(
              key,
              new String(bytes, StandardCharsets.UTF_8)
                  .replace("\"actor\":\"", "\"actor\":\"not-")
                  .getBytes(StandardCharsets.UTF_8));
      case EXCHANGED_WITH_THE_NEXT -> exchange(number, number == entries ? -1 : 1, store);
      case OVERWRITTEN_BY_THE_ONE_BEFORE ->
          store.overwrite(key, store.get(key(number == 1 ? 2 : number - 1)).orElseThrow());
      case TAKEN_FROM_ANOTHER_MODEL ->
          store.overwrite(key, store.get(OTHER + key.substring("demo".length())).orElseThrow());
      case TRUNCATED -> store.overwrite(key, Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  private static byte[] altered(byte[] bytes, int seed) {
    byte[] next = bytes.clone();
    next[new Random(seed).nextInt(next.length)] ^= 1;
    return next;
  }

  private static void exchange(int number, int distance, VersionedEntryStore store) {
    byte[] one = store.get(key(number)).orElseThrow();
    store.overwrite(key(number), store.get(key(number + distance)).orElseThrow());
    store.overwrite(key(number + distance), one);
  }

  private static VersionedEntryStore history(VersionedEntryStore store) {
    return store.with(HISTORY, "demo").with(HISTORY, OTHER);
  }

  private static void write(EntryStore store, String model, String who) {
    ReleaseLedger ledger = ledger(store);
    append(ledger, model, who, new ReleaseEvent.FallbackWanted());
    append(
        ledger,
        model,
        who,
        new ReleaseEvent.FallbackRecorded(1, new Content("f", Optional.empty(), "f")));
    append(ledger, model, who, new ReleaseEvent.AliasConfirmed(AliasContent.only(1)));
    for (int version = 2; version < 2 + RELEASES; version++) {
      release(ledger, model, who, version);
      ledger.refuse(model, "bad-" + version, List.of(new Reason("BAD", "too bad")), who);
    }
  }

  private static void release(ReleaseLedger ledger, String model, String who, int version) {
    append(ledger, model, who, new ReleaseEvent.Proposed(proposal("run-" + version)));
    append(ledger, model, who, new ReleaseEvent.Started(ReleaseSettings.defaults()));
    append(ledger, model, who, new ReleaseEvent.VerificationPassed());
    append(ledger, model, who, new ReleaseEvent.PublishingStarted());
    Content content = new Content("code", Optional.of("bundle-" + version), "config");
    append(ledger, model, who, new ReleaseEvent.VersionRecorded(version, content));
    append(ledger, model, who, new ReleaseEvent.Rejected(List.of(new Reason("BAD", "no"))));
  }

  private static Proposal proposal(String id) {
    return new Proposal(
        id,
        ReleaseKind.MODEL,
        "bundle",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        "new data");
  }

  private static void append(ReleaseLedger ledger, String model, String who, ReleaseEvent event) {
    AppendResult result = ledger.append(model, ledger.read(model), event, who, new TreeMap<>());
    assertTrue(result instanceof AppendResult.Appended, event + ": " + result);
  }

  private static int entries(EntryStore store) {
    return (int) ledger(store).audit("demo").entries();
  }

  private static String key(int number) {
    return ReleaseLedger.key("demo", number);
  }

  private static ReleaseLedger ledger(EntryStore store) {
    return new ReleaseLedger(
        store, Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
  }
}
