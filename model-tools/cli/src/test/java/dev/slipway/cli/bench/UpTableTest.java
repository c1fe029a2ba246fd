package dev.slipway.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpTableTest {
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void lines_ofOneRun_tellOneFigureEach() {
    assertEquals(
        List.of(
            "| what | figure |",
            "|---|---|",
            "| `up` from a built tree, nothing kept, to the first prediction | 60.0 s |",
            "| … deploy the stacks | 30.0 s |",
            "| `up` again | 2.0 s |",
            "| a second upload, to the end of its pipeline run | 12.0 s |",
            "| a second upload, to live again, short bake | 25.0 s |",
            "| memory of every process, PSS, peak (a look per second) | 2.0 GiB |",
            "| memory at rest with one model, PSS | 1.0 GiB |"),
        UpTable.lines(List.of(run(60))));
  }

  @Test
  void lines_ofSeveralRuns_tellTheSpread() {
    List<String> lines = UpTable.lines(List.of(run(60), run(70), run(50)));

    assertTrue(
        lines.contains(
            "| `up` from a built tree, nothing kept, to the first prediction | 50.0 / 60.0 / 70.0 s |"),
        lines.toString());
  }

  @Test
  void lines_withoutMemory_saySo() {
    UpRun run = new UpRun(List.of(), 1, 1, 1, 1, Optional.empty());

    assertEquals(
        "| memory | not measured: needs /proc (Linux) |", UpTable.lines(List.of(run)).getLast());
  }

  private static UpRun run(double up) {
    return new UpRun(
        List.of(new UpRun.Phase("deploy the stacks", up / 2)),
        up,
        2,
        12,
        25,
        Optional.of(new UpRun.Memory(MemoryMeasure.PSS, 2 * GIBIBYTE, GIBIBYTE)));
  }
}
