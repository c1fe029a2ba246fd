package dev.slipway.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;

class InfraSettingsTest {
  @Test
  void read_withNothingSet_givesTheDefaults() {
    InfraSettings settings = InfraSettings.read(_ -> null);
    assertEquals("slipway", settings.prefix());
    assertEquals(List.of(Path.of(InfraSettings.DEFAULT_MODEL)), settings.models());
    assertTrue(settings.jobImage().isEmpty());
  }

  @Test
  void read_withSeveralMistakes_reportsEachOfThem() {
    Map<String, Object> context =
        Map.of(
            "prefix", "Not Good",
            "gpuMaxVcpus", "many",
            "logDays", "3",
            "release", "{\"bakeSecond\": 10}");
    InfraException refused =
        assertThrows(InfraException.class, () -> InfraSettings.read(context::get));
    String message = String.valueOf(refused.getMessage());
    assertEquals(4, message.lines().count(), message);
    for (String key : List.of("prefix", "gpuMaxVcpus", "logDays", "release")) {
      assertTrue(message.contains("\"" + key + "\""), message);
    }
  }

  @Test
  void define_withoutZips_saysHowToMakeThem(@TempDir Path folder) {
    InfraException refused =
        assertThrows(
            InfraException.class,
            () ->
                Stacks.define(
                    new App(),
                    InfraSettings.read(_ -> null),
                    List.of(),
                    new Artefacts(folder),
                    software.amazon.awscdk.Environment.builder().build()));
    assertTrue(String.valueOf(refused.getMessage()).contains("mvn -DskipTests package"));
  }
}
