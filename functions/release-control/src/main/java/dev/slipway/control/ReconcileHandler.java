package dev.slipway.control;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.control.aws.AwsWorld;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The Lambda function {@code reconcile}: called by the wait loop of a release, by the one-minute
 * tick, by alarms and by people. Everything it knows lies in the ledger and in AWS, so calls may
 * overlap, repeat, and be killed.
 */
public final class ReconcileHandler implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Controller controller;

  /** Made by Lambda once per start, from the function's environment. */
  public ReconcileHandler() {
    AwsWorld aws = AwsWorld.of(System.getenv(), line -> LambdaRuntime.getLogger().log(line + "\n"));
    this.controller = new Controller(aws.world(), aws.ledger(), aws.prefix());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JSON.writeValue(output, controller.handle(JSON.readTree(input)));
  }
}
