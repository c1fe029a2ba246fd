package dev.slipway.cli.aws;

import dev.slipway.cli.Workspace;
import java.util.Map;

/**
 * Where a model answers, and what a client must send with it.
 *
 * @param url base address of its Open Inference Protocol endpoint, without a slash at the end
 * @param headers headers that every request needs, such as the API key
 * @param dataset S3 address to upload its data to, with a slash at the end
 */
public record ModelAddress(String model, String url, Map<String, String> headers, String dataset) {
  public ModelAddress {
    headers = Map.copyOf(headers);
  }

  /** {@return the address of {@code model} on the local AWS} */
  public static ModelAddress local(
      Workspace workspace,
      AwsClients clients,
      Map<String, Map<String, String>> outputs,
      String model) {
    String apiId = Stacks.modelOutput(outputs, model, "ApiId");
    String url = "%s/_aws/execute-api/%s/prod".formatted(workspace.endpoint(), apiId);
    return new ModelAddress(
        model, url, headers(clients, outputs, model), datasetOf(outputs, model));
  }

  private static Map<String, String> headers(
      AwsClients clients, Map<String, Map<String, String>> outputs, String model) {
    Map<String, String> values = outputs.getOrDefault("slipway-model-" + model, Map.of());
    String keyId = values.get("ApiKeyId");
    if (keyId == null) {
      return Map.of();
    }
    String key =
        clients.apiGateway().getApiKey(request -> request.apiKey(keyId).includeValue(true)).value();
    return Map.of("x-api-key", key);
  }

  private static String datasetOf(Map<String, Map<String, String>> outputs, String model) {
    String bucket = Stacks.baseOutput(outputs, "DatasetsBucket");
    return "s3://%s/datasets/%s/".formatted(bucket, model);
  }
}
