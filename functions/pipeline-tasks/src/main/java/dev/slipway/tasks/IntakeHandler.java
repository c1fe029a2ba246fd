package dev.slipway.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.tasks.aws.AwsTasks;
import dev.slipway.tasks.intake.Intake;
import dev.slipway.tasks.intake.IntakeReply;
import dev.slipway.tasks.run.TaskJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Receives the event of a new object in the datasets bucket. An event that cannot mean a run is
 * answered and not thrown, because Lambda would send it again.
 */
public final class IntakeHandler implements RequestStreamHandler {
  private final Function<String, Intake> factory;
  private final AtomicReference<Intake> intake = new AtomicReference<>();

  /** Made by Lambda. */
  public IntakeHandler() {
    this(functionArn -> AwsTasks.intake(System.getenv(), functionArn));
  }

  IntakeHandler(Function<String, Intake> factory) {
    this.factory = factory;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    IntakeReply reply =
        IntakeReply.to(
            input.readAllBytes(), event -> intake(context.getInvokedFunctionArn()).accept(event));
    context.getLogger().log("step=intake " + reply.logLine() + "\n");
    output.write(TaskJson.write(reply.toJson()));
  }

  /** Two threads may make two; both work. */
  private Intake intake(String functionArn) {
    Intake made = intake.get();
    if (made == null) {
      made = factory.apply(functionArn);
      intake.set(made);
    }
    return made;
  }
}
