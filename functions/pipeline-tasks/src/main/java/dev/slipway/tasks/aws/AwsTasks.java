package dev.slipway.tasks.aws;

import dev.slipway.functions.SettingNames;
import dev.slipway.functions.Settings;
import dev.slipway.release.aws.S3EntryStore;
import dev.slipway.release.ledger.ReleaseLedger;
import dev.slipway.tasks.intake.Intake;
import dev.slipway.tasks.propose.Propose;
import dev.slipway.tasks.run.RunLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Wires the tasks to AWS, once per start of a function. Endpoint, region and credentials come from
 * the SDK's usual environment.
 */
public final class AwsTasks {
  private static final String REGISTRY = "the bucket of runs and bundles";
  private static final String LEDGER = "the bucket of the ledgers";

  /** Reading pauses while a large table is parsed between two reads. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

  private AwsTasks() {}

  /**
   * {@return intake in this environment}
   *
   * @param environment the function's variables
   * @param functionArn its own ARN: the pipelines lie in the same account and region
   */
  public static Intake intake(Map<String, String> environment, String functionArn) {
    Settings settings = new Settings(environment);
    String prefix = settings.optional(SettingNames.PREFIX, "slipway");
    String datasets = settings.required(SettingNames.DATASETS_BUCKET, "the bucket of the data");
    String registry = settings.required(SettingNames.REGISTRY_BUCKET, REGISTRY);
    String ledger = settings.required(SettingNames.LEDGER_BUCKET, LEDGER);
    settings.check();
    SdkHttpClient http = http();
    S3Client s3 = s3(http);
    return new Intake(
        new Intake.Services(
            new S3ObjectStore(s3),
            new SsmSpecStore(SsmClient.builder().httpClient(http).build(), prefix),
            ledger(s3, ledger, "intake"),
            new StepFunctions(SfnClient.builder().httpClient(http).build()),
            Clock.systemUTC()),
        new Intake.Buckets(datasets, registry),
        pipelines(functionArn, prefix));
  }

  /** {@return propose in this environment} */
  public static Propose propose(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    String registry = settings.required(SettingNames.REGISTRY_BUCKET, REGISTRY);
    String ledger = settings.required(SettingNames.LEDGER_BUCKET, LEDGER);
    String key = settings.required(SettingNames.SIGNING_KEY, "the key that signs manifests");
    String loop =
        settings.required(SettingNames.RELEASE_STATE_MACHINE_ARN, "the ARN of the release loop");
    settings.check();
    SdkHttpClient http = http();
    S3Client s3 = s3(http);
    return new Propose(
        registry,
        new S3ObjectStore(s3),
        new KmsSigner(KmsClient.builder().httpClient(http).build(), key),
        ledger(s3, ledger, "propose"),
        new StepFunctions(SfnClient.builder().httpClient(http).build()),
        loop,
        Clock.systemUTC());
  }

  /** {@code arn:<partition>:lambda:<region>:<account>:function:<name>} names all that is needed. */
  static String pipelines(String functionArn, String prefix) {
    String[] parts = functionArn.split(":", -1);
    int least = 7;
    if (parts.length < least || !parts[0].equals("arn")) {
      throw new IllegalArgumentException(
          "FUNCTION_ARN_INVALID: expected the ARN of a function, found " + functionArn);
    }
    return "arn:%s:states:%s:%s:stateMachine:%s-pipeline-"
        .formatted(parts[1], parts[3], parts[4], prefix);
  }

  private static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder().socketTimeout(SOCKET_TIMEOUT).build();
  }

  private static S3Client s3(SdkHttpClient http) {
    return S3Client.builder().httpClient(http).forcePathStyle(true).build();
  }

  private static RunLedger ledger(S3Client s3, String bucket, String actor) {
    return new RunLedger(new ReleaseLedger(new S3EntryStore(s3, bucket), Clock.systemUTC()), actor);
  }
}
