package dev.slipway.tasks.intake;

import dev.slipway.tasks.testing.SampleEvents;
import dev.slipway.tasks.testing.SmallTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample event of an upload, and the reply beside it. */
final class UploadEventsTest {
  private static final SampleEvents EVENTS = new SampleEvents("dataset-uploaded");

  static List<String> cases() throws IOException {
    return EVENTS.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void accept_sampleEvent_repliesAsExpected(String name) throws IOException {
    IntakeFixture world = new IntakeFixture();
    world.upload("datasets/pets/pets.csv", SmallTable.bytes());
    world.upload("datasets/pets/more pets.csv", SmallTable.bytes());
    world.upload("datasets/pets/old/pets.csv", SmallTable.bytes());
    world.upload("datasets/pets/row-12.csv", SmallTable.csv().replace("6.25", "six"));
    world.upload("datasets/pets/pickle.csv", new byte[] {-128, 4, -107, 10, 0, 0, '.'});
    world.upload("datasets/birds/birds.csv", SmallTable.bytes());
    world.upload("datasets/finished/model.onnx", new byte[] {8, 9, 18, 3, 'm', 'e', 'e', 58});
    world.upload("datasets/finished/model.golden.json", "{}");
    world.upload("datasets/finished/model.pkl", new byte[] {-128, 4, 1, 2, 3, 4, 5, 6});

    EVENTS.check(name, IntakeReply.to(EVENTS.event(name), world.intake::accept).toJson());
  }
}
