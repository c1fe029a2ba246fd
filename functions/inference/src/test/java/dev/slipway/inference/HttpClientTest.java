package dev.slipway.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.inference.testing.Deployment;
import dev.slipway.inference.testing.GatewayAdapter;
import dev.slipway.inference.testing.LambdaProcess;
import dev.slipway.runtime.testing.SampleBundle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain HTTP client gets what the protocol promises. */
class HttpClientTest {
  @TempDir Path opt;

  @Test
  void httpClient_overTheGatewayInSmall_getsAPrediction() throws IOException, InterruptedException {
    Deployment deployment = Deployment.of(SampleBundle.HOUSE, opt);
    LambdaProcess process = new LambdaProcess(InferenceHandler.of(deployment.environment()));
    try (GatewayAdapter gateway = new GatewayAdapter(process, 0);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(gateway.address().resolve("/v2/models/house/infer"))
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[1,2],"
                          + "\"data\":[4,30]}]}"))
              .build();

      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

      assertEquals(200, response.statusCode(), response.body());
      assertTrue(
          response.body().contains("\"name\":\"prediction\",\"datatype\":\"FP32\",\"shape\":[1,1]"),
          response.body());
      assertEquals(
          deployment.version(), response.headers().firstValue("Slipway-Model-Version").orElse(""));
    }
  }
}
