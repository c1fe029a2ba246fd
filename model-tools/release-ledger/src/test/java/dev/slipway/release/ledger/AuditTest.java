package dev.slipway.release.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.release.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever changes a history is named by the audit. */
final class AuditTest {
  private static final List<Reason> WHY = List.of(new Reason("GATE_FAILED", "too bad"));

  private final InMemoryEntryStore store = new InMemoryEntryStore();
  private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @BeforeEach
  void write() {
    ReleaseLedger ledger = ledger();
    for (int run = 1; run <= 250; run++) {
      ledger.refuse("demo", "run-" + run, WHY, "propose");
    }
  }

  @Test
  void audit_wholeLedger_findsNothing() {
    AuditReport report = ledger().audit("demo");

    assertEquals(List.of(), report.problems());
    assertEquals(250, report.entries());
  }

  @Test
  void audit_entryDeleted_namesIt() {
    store.remove("demo/000000000120.json");

    assertNamed("000000000120");
  }

  @Test
  void audit_entryAltered_namesItOrTheNext() {
    String key = "demo/000000000120.json";
    String text = new String(store.get(key).orElseThrow(), StandardCharsets.UTF_8);
    store.overwrite(key, text.replace("too bad", "too good").getBytes(StandardCharsets.UTF_8));

    assertNamed("000000000121");
  }

  @Test
  void audit_entriesExchanged_namesTheFirst() {
    byte[] first = store.get("demo/000000000120.json").orElseThrow();
    byte[] second = store.get("demo/000000000121.json").orElseThrow();
    store.overwrite("demo/000000000120.json", second);
    store.overwrite("demo/000000000121.json", first);

    assertNamed("000000000120");
  }

  @Test
  void refuse_sameRunAgain_isKnown() {
    AppendResult again = ledger().refuse("demo", "run-250", WHY, "propose");

    assertTrue(
        again instanceof AppendResult.Refused refused
            && refused.reason().code().equals("RUN_KNOWN"));
    assertEquals(250, ledger().read("demo").head().seq());
  }

  @Test
  void append_twoWritersOfOneState_theSecondIsOvertaken() {
    ReleaseLedger ledger = ledger();
    LedgerState state = ledger.read("demo");
    var event = new dev.slipway.release.ReleaseEvent.FallbackWanted();
    var none = new java.util.TreeMap<String, String>();

    assertTrue(ledger.append("demo", state, event, "a", none) instanceof AppendResult.Appended);
    assertTrue(ledger.append("demo", state, event, "b", none) instanceof AppendResult.Overtaken);
  }

  private void assertNamed(String entry) {
    List<String> problems = ledger().audit("demo").problems();

    assertTrue(problems.stream().anyMatch(problem -> problem.contains(entry)), problems.toString());
  }

  private ReleaseLedger ledger() {
    return new ReleaseLedger(store, clock);
  }
}
