package dev.slipway.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryMeasureTest {
  @Test
  void parse_ofARollup_takesPssAndNothingThatStartsLikeIt() {
    String rollup =
        """
        5581e000-7ffc [rollup]
        Rss:               12000 kB
        Pss_Dirty:          1000 kB
        Pss:                4096 kB
        """;

    assertEquals(4096L * 1024, MemoryMeasure.PSS.parse(rollup));
  }

  @Test
  void parse_ofAStatus_takesRss() {
    assertEquals(2048, MemoryMeasure.RSS.parse("VmSize:\t  10 kB\nVmRSS:\t  2 kB\n"));
  }

  @Test
  void parse_ofAZombie_isNothing() {
    assertEquals(0, MemoryMeasure.RSS.parse("State:\tZ (zombie)\n"));
  }

  @Test
  void bytes_ofAProcessThatHasEnded_isNothing(@TempDir Path proc) {
    assertEquals(0, MemoryMeasure.PSS.bytes(proc.resolve("42")));
  }

  @Test
  void offered_prefersPss_takesRss_orNothing(@TempDir Path proc) throws IOException {
    assertEquals(Optional.empty(), MemoryMeasure.offered(proc));
    Files.createDirectory(proc.resolve("self"));
    Files.createFile(proc.resolve("self/status"));
    assertEquals(Optional.of(MemoryMeasure.RSS), MemoryMeasure.offered(proc));
    Files.createFile(proc.resolve("self/smaps_rollup"));
    assertEquals(Optional.of(MemoryMeasure.PSS), MemoryMeasure.offered(proc));
  }
}
