package dev.slipway.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.release.ledger.InMemoryEntryStore;
import dev.slipway.release.ledger.ReleaseLedger;
import dev.slipway.tasks.intake.Intake;
import dev.slipway.tasks.run.RunLedger;
import dev.slipway.tasks.testing.InMemoryObjectStore;
import dev.slipway.tasks.testing.QuietContext;
import dev.slipway.tasks.testing.RecordingStateMachines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IntakeHandlerTest {
  private final QuietContext context = new QuietContext();

  @Test
  void handleRequest_eventOfAnotherBucket_isAnsweredAndLogged() throws IOException {
    String reply =
        call(
            """
            {"detail-type":"Object Created",
             "detail":{"bucket":{"name":"other"},"object":{"key":"datasets/pets/pets.csv"}}}
            """);

    assertTrue(reply.contains("\"code\":\"EVENT_FOREIGN\""), reply);
    assertTrue(
        context.lines().getFirst().startsWith("step=intake outcome=IGNORED code=EVENT_FOREIGN: "));
  }

  @Test
  void handleRequest_noEvent_isAnsweredSoThatLambdaDoesNotSendItAgain() throws IOException {
    assertTrue(call("garbage").contains("\"code\":\"EVENT_INVALID\""));
  }

  private String call(String event) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new IntakeHandler(IntakeHandlerTest::intake)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, context);
    return output.toString(StandardCharsets.UTF_8);
  }

  private static Intake intake(String functionArn) {
    assertEquals("arn:aws:lambda:eu-west-1:1:function:slipway-intake", functionArn);
    Intake.Services services =
        new Intake.Services(
            new InMemoryObjectStore(),
            _ -> Optional.empty(),
            new RunLedger(new ReleaseLedger(new InMemoryEntryStore(), Clock.systemUTC()), "intake"),
            new RecordingStateMachines(),
            Clock.systemUTC());
    return new Intake(services, new Intake.Buckets("data", "registry"), "arn:");
  }
}
