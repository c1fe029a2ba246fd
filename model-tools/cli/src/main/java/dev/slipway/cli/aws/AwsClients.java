package dev.slipway.cli.aws;

import dev.slipway.cli.Workspace;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The AWS clients of one command, each made when first asked for. Confined to one thread; whoever
 * made this closes it, and with it the clients.
 */
public final class AwsClients implements AutoCloseable {
  /** Account of the local AWS; LocalStack's own. */
  public static final String LOCAL_ACCOUNT = "000000000000";

  /** Region of the local AWS. */
  public static final String LOCAL_REGION = "us-east-1";

  private final Optional<URI> endpoint;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Optional<S3Client> s3 = Optional.empty();
  private Optional<LambdaClient> lambda = Optional.empty();
  private Optional<CloudFormationClient> cloudFormation = Optional.empty();
  private Optional<ApiGatewayClient> apiGateway = Optional.empty();
  private Optional<SsmClient> ssm = Optional.empty();

  private AwsClients(Optional<URI> endpoint) {
    this.endpoint = endpoint;
  }

  /** {@return clients of the AWS on this machine} */
  public static AwsClients local(Workspace workspace) {
    return new AwsClients(Optional.of(workspace.endpoint()));
  }

  public S3Client s3() {
    if (s3.isEmpty()) {
      S3ClientBuilder builder = S3Client.builder().forcePathStyle(endpoint.isPresent());
      s3 = Optional.of(build(builder));
    }
    return s3.get();
  }

  public LambdaClient lambda() {
    if (lambda.isEmpty()) {
      lambda = Optional.of(build(LambdaClient.builder()));
    }
    return lambda.get();
  }

  public CloudFormationClient cloudFormation() {
    if (cloudFormation.isEmpty()) {
      cloudFormation = Optional.of(build(CloudFormationClient.builder()));
    }
    return cloudFormation.get();
  }

  public ApiGatewayClient apiGateway() {
    if (apiGateway.isEmpty()) {
      apiGateway = Optional.of(build(ApiGatewayClient.builder()));
    }
    return apiGateway.get();
  }

  public SsmClient ssm() {
    if (ssm.isEmpty()) {
      ssm = Optional.of(build(SsmClient.builder()));
    }
    return ssm.get();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
      C build(B builder) {
    builder.httpClient(http);
    endpoint.ifPresent(address ->
        builder
            .endpointOverride(address)
            .region(Region.of(LOCAL_REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))));
    C client = builder.build();
    opened.add(client);
    return client;
  }

  @Override
  public void close() {
    for (AutoCloseable client : opened) {
      try {
        client.close();
      } catch (Exception failure) {
        throw new IllegalStateException("an AWS client could not be closed", failure);
      }
    }
    http.close();
  }
}
