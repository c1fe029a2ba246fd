package dev.slipway.tasks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunFilesTest {
  /** Computed by {@code printf 'b\nk\nv' | sha256sum | cut -c1-32}. */
  private static final String RUN_OF_B_K_V = "43c8881cbc68e8d8a898b3f59c3234a4";

  @Test
  void runIdOf_objectVersion_isTheStartOfItsDigest() {
    StoredObject object = new StoredObject("b", "k", "v", 1, Instant.EPOCH);

    assertEquals(RUN_OF_B_K_V, RunFiles.runIdOf(object));
  }

  @Test
  void keys_ofARun_liePerModelAndRun() {
    RunFiles run = new RunFiles("r", "pets", RUN_OF_B_K_V);

    assertEquals("s3://r/runs/pets/" + RUN_OF_B_K_V + "/run.json", run.uri());
    assertEquals("runs/pets/" + RUN_OF_B_K_V + "/train-result.json", run.result("train"));
    assertEquals("bundles/pets/ab/model.onnx", run.bundle("ab", "model.onnx"));
  }

  @ParameterizedTest
  @CsvSource({
    "Pets,0123456789abcdef0123456789abcdef",
    "p,0123456789abcdef0123456789abcdef",
    "a/b,0123456789abcdef0123456789abcdef",
    "pets,0123456789ABCDEF0123456789abcdef",
    "pets,../../../../../../../../../../../",
    "pets,0123"
  })
  void runFiles_namesThatLeaveTheirPlace_areRefused(String model, String runId) {
    assertThrows(IllegalArgumentException.class, () -> new RunFiles("r", model, runId));
  }
}
