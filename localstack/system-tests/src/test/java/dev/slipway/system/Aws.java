package dev.slipway.system;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** The local AWS as a client with stock SDKs sees it. Safe for use by several threads. */
final class Aws implements AutoCloseable {
  private static final String PLACE = "000000000000-us-east-1";
  static final String DATASETS = "slipway-datasets-" + PLACE;
  static final String REGISTRY = "slipway-registry-" + PLACE;
  static final String LEDGER = "slipway-ledger-" + PLACE;
  private static final String PIPELINE =
      "arn:aws:states:us-east-1:000000000000:stateMachine:slipway-pipeline-" + LocalSystem.MODEL;

  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final S3Client s3;
  private final LambdaClient lambda;
  private final SfnClient stateMachines;
  private final BatchClient batch;
  private final CloudWatchClient cloudWatch;

  Aws(URI endpoint) {
    s3 = client(endpoint, S3Client.builder().forcePathStyle(true));
    lambda = client(endpoint, LambdaClient.builder());
    stateMachines = client(endpoint, SfnClient.builder());
    batch = client(endpoint, BatchClient.builder());
    cloudWatch = client(endpoint, CloudWatchClient.builder());
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      URI endpoint, B builder) {
    return builder
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /** One version of an uploaded file. */
  record Upload(String key, String versionId) {
    /** {@return the run that this version starts, as CONTRACTS.md says} */
    String runId() {
      try {
        byte[] name = (DATASETS + "\n" + key + "\n" + versionId).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(name))
            .substring(0, 32);
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every JDK has SHA-256", impossible);
      }
    }

    /** {@return the event that EventBridge hands to intake} */
    String event() {
      return """
      {"source":"aws.s3","detail-type":"Object Created",
       "detail":{"bucket":{"name":"%s"},"object":{"key":"%s","version-id":"%s"}}}
      """
          .formatted(DATASETS, key, versionId);
    }
  }

  /** Puts any text in any bucket. */
  void put(String bucket, String key, String text) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  /** Puts a file of data for the model. */
  Upload upload(String name, byte[] content) {
    return upload(LocalSystem.MODEL, name, content);
  }

  /** Puts a file for any model. */
  Upload upload(String model, String name, byte[] content) {
    String key = "datasets/" + model + "/" + name;
    String version =
        s3.putObject(request -> request.bucket(DATASETS).key(key), RequestBody.fromBytes(content))
            .versionId();
    return new Upload(key, version);
  }

  /** {@return every object below {@code prefix}} */
  List<S3Object> objects(String bucket, String prefix) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .toList();
  }

  /** {@return the names of the objects of a run, below its folder} */
  List<String> namesOfRun(String runId) {
    String prefix = "runs/" + LocalSystem.MODEL + "/" + runId + "/";
    return objects(REGISTRY, prefix).stream()
        .map(object -> object.key().substring(prefix.length()))
        .toList();
  }

  byte[] read(String bucket, String key) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
  }

  /** Delivers an event to intake as EventBridge does, and waits for the answer. */
  String invokeIntake(String event) {
    InvokeResponse reply =
        lambda.invoke(request ->
            request.functionName("slipway-intake").payload(SdkBytes.fromUtf8String(event)));
    if (reply.functionError() != null) {
      throw new AssertionError("intake failed: " + reply.payload().asUtf8String());
    }
    return reply.payload().asUtf8String();
  }

  /** {@return where the alias {@code live} points: version, and other versions with weights} */
  String alias() {
    return alias(LocalSystem.MODEL);
  }

  /** {@return where the alias {@code live} of any model points} */
  String alias(String model) {
    GetAliasResponse alias =
        lambda.getAlias(request -> request.functionName("slipway-" + model).name("live"));
    Map<String, Double> weights =
        alias.routingConfig() == null ? Map.of() : alias.routingConfig().additionalVersionWeights();
    return alias.functionVersion() + (weights.isEmpty() ? "" : weights.toString());
  }

  /** {@return what Lambda changes whenever anybody writes the alias} */
  String aliasRevision() {
    return lambda
        .getAlias(request -> request.functionName("slipway-" + LocalSystem.MODEL).name("live"))
        .revisionId();
  }

  /**
   * Sets the alarm on failed requests of a version, as CloudWatch does by itself when they fail.
   */
  void setAlarm(int version, StateValue state) {
    cloudWatch.setAlarmState(set ->
        set.alarmName("slipway-%s.v%d.failed".formatted(LocalSystem.MODEL, version))
            .stateValue(state)
            .stateReason("a test"));
  }

  /** {@return the names of all executions of the model's pipeline} */
  List<String> executions() {
    return stateMachines
        .listExecutionsPaginator(request -> request.stateMachineArn(PIPELINE))
        .executions()
        .stream()
        .map(ExecutionListItem::name)
        .toList();
  }

  /** {@return the states of the jobs of one kind that a run has in a queue} */
  List<String> jobs(String queue, String kind, Upload upload) {
    return summaries(queue, kind, upload).stream().map(JobSummary::statusAsString).toList();
  }

  /** {@return how often the jobs of one kind that a run has in a queue were started and ended} */
  int attempts(String queue, String kind, Upload upload) {
    List<String> ids = summaries(queue, kind, upload).stream().map(JobSummary::jobId).toList();
    return batch.describeJobs(request -> request.jobs(ids)).jobs().stream()
        .mapToInt(job -> job.attempts().size())
        .sum();
  }

  private List<JobSummary> summaries(String queue, String kind, Upload upload) {
    String name = LocalSystem.MODEL + "-" + kind + "-" + upload.runId();
    return batch
        .listJobsPaginator(request ->
            request
                .jobQueue(queue)
                .filters(KeyValuesPair.builder().name("JOB_NAME").values(name).build()))
        .jobSummaryList()
        .stream()
        .toList();
  }

  @Override
  public void close() {
    s3.close();
    lambda.close();
    stateMachines.close();
    batch.close();
    cloudWatch.close();
    http.close();
  }
}
