package dev.slipway.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.cli.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpBenchTest {
  @Test
  void phases_ofWhatUpTells_keepTheirOrder() {
    String told =
        """
        {"phases":[{"title":"start","seconds":5.25,"outcome":"x"},{"title":"deploy","seconds":30}],
         "models":[]}
        """;

    assertEquals(
        List.of(new UpRun.Phase("start", 5.25), new UpRun.Phase("deploy", 30)),
        UpBench.phases(told));
  }

  @Test
  void phases_ofNoJson_areRefused() {
    assertThrows(Refusal.class, () -> UpBench.phases("Building Slipway"));
  }

  @Test
  void otherData_keepsNameAndHeader_andIsShorter(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data.csv");
    Files.write(data, IntStream.range(0, 30).mapToObj(String::valueOf).toList());

    Path other = UpBench.otherData(data, folder.resolve("upload"));

    assertEquals("data.csv", other.getFileName().toString());
    assertEquals(
        IntStream.range(0, 10).mapToObj(String::valueOf).toList(), Files.readAllLines(other));
  }
}
