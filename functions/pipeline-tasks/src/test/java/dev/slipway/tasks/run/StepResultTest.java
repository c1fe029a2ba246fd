package dev.slipway.tasks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.release.Reason;
import dev.slipway.tasks.run.StepResult.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StepResultTest {
  @Test
  void toJson_readAgain_isTheSame() {
    StepResult result =
        new StepResult(
            "package",
            Outcome.REFUSED,
            List.of(new Reason("GATE", "too low")),
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:09Z"),
            Optional.of("ab"),
            TaskJson.object().put("rows", 3));

    assertEquals(result, StepResult.read(TaskJson.write(result.toJson()), "key"));
  }

  @Test
  void read_reasonOfAnotherForm_isKept() {
    StepResult result =
        read(
            "{\"outcome\":\"FAILED\",\"reasons\":[{\"code\":\"out of memory\",\"message\":\"m\"},{}]}");

    assertEquals(
        List.of(new Reason("OUT_OF_MEMORY", "m"), new Reason("UNKNOWN_REASON", "")),
        result.reasons());
  }

  @Test
  void read_unknownOutcome_namesTheFileAndTheWords() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> read("{\"outcome\":\"FINE\"}"));

    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("key") && message.contains("DONE, REFUSED or FAILED"), message);
  }

  private static StepResult read(String text) {
    return StepResult.read(text.getBytes(StandardCharsets.UTF_8), "key");
  }
}
