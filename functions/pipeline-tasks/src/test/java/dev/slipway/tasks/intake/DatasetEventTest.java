package dev.slipway.tasks.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetEventTest {
  @Test
  void read_eventOfEventBridge_takesPlaceAndVersion() {
    DatasetEvent event =
        read(
            """
            {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103",
             "detail-type":"Object Created","source":"aws.s3","account":"111122223333",
             "time":"2026-11-12T00:00:00Z","region":"eu-west-1",
             "resources":["arn:aws:s3:::slipway-datasets-111122223333-eu-west-1"],
             "detail":{"version":"0",
              "bucket":{"name":"slipway-datasets-111122223333-eu-west-1"},
              "object":{"key":"datasets/pets/pets.csv","size":5,
               "etag":"b1946ac92492d2347c6235b4d2611184",
               "version-id":"IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
               "sequencer":"617f08299329d189"},
              "request-id":"N4N7GDK58NMKJ12R","requester":"123456789012",
              "source-ip-address":"1.2.3.4","reason":"PutObject"}}
            """);

    assertEquals(
        new DatasetEvent(
            "slipway-datasets-111122223333-eu-west-1",
            "datasets/pets/pets.csv",
            Optional.of("IYV3p45BT0ac8hjHg1houSdS1a.Mro8e"),
            false),
        event);
  }

  @Test
  void read_eventWithoutVersion_leavesItOpen() {
    DatasetEvent event =
        read(
            """
            {"detail-type":"Object Created",
             "detail":{"bucket":{"name":"b"},"object":{"key":"k"}}}
            """);

    assertEquals(Optional.empty(), event.versionId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"detail-type\":\"Object Deleted\"}",
        "{\"detail-type\":\"Object Created\",\"detail\":{\"bucket\":{\"name\":\"b\"}}}",
        "{\"detail-type\":\"Object Created\",\"detail\":7}"
      })
  void read_somethingElse_saysWhatIsExpected(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> read(text));

    assertTrue(String.valueOf(refused.getMessage()).matches("(EVENT|JSON)_INVALID: .*"));
  }

  private static DatasetEvent read(String text) {
    return DatasetEvent.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
