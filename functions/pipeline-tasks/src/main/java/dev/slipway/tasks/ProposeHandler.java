package dev.slipway.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.release.Reason;
import dev.slipway.tasks.aws.AwsTasks;
import dev.slipway.tasks.propose.Propose;
import dev.slipway.tasks.run.StepResult;
import dev.slipway.tasks.run.TaskJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Called by the pipeline as its last step, however the steps before it ended. */
public final class ProposeHandler implements RequestStreamHandler {
  private final Propose propose;

  /** Made by Lambda. */
  public ProposeHandler() {
    this(AwsTasks.propose(System.getenv()));
  }

  ProposeHandler(Propose propose) {
    this.propose = propose;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    StepResult result = propose.end(input.readAllBytes());
    context
        .getLogger()
        .log(
            "step=propose outcome=%s bundle=%s codes=%s%n"
                .formatted(
                    result.outcome(),
                    result.bundleDigest().orElse("-"),
                    result.reasons().stream().map(Reason::code).distinct().toList()));
    output.write(TaskJson.write(result.toJson()));
  }
}
