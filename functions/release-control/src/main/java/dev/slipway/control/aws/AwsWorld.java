package dev.slipway.control.aws;

import dev.slipway.control.port.Time;
import dev.slipway.control.port.World;
import dev.slipway.functions.SettingNames;
import dev.slipway.functions.Settings;
import dev.slipway.release.aws.S3EntryStore;
import dev.slipway.release.ledger.ReleaseLedger;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The controller's surroundings on AWS, made once per start of the function. Endpoint, region and
 * credentials come from the SDK's usual environment.
 *
 * @param world everything but the ledger
 * @param ledger the releases' histories
 * @param prefix the beginning of all names
 */
public record AwsWorld(World world, ReleaseLedger ledger, String prefix) {
  private static final java.time.Duration SOCKET = java.time.Duration.ofSeconds(60);

  /**
   * {@return the surroundings that the environment describes}
   *
   * @param environment of the function
   * @param log one line per noteworthy thing
   */
  public static AwsWorld of(Map<String, String> environment, Consumer<String> log) {
    Settings settings = new Settings(environment);
    String prefix = settings.optional(SettingNames.PREFIX, "slipway");
    String registry = settings.required(SettingNames.REGISTRY_BUCKET, "the registry's bucket");
    String bucket = settings.required(SettingNames.LEDGER_BUCKET, "the ledger's bucket");
    String key = settings.required(SettingNames.SIGNING_KEY, "the key that signs manifests");
    String machine =
        settings.required(SettingNames.RELEASE_STATE_MACHINE_ARN, "the ARN of the release loop");
    String pages = settings.required(SettingNames.PAGES_TOPIC_ARN, "the ARN of the pages' topic");
    settings.check();
    // One connection pool for all; it lives as long as the function does.
    SdkHttpClient http = UrlConnectionHttpClient.builder().socketTimeout(SOCKET).build();
    S3Client s3 = S3Client.builder().httpClient(http).forcePathStyle(true).build();
    LambdaClient lambda = LambdaClient.builder().httpClient(http).build();
    CloudWatchClient cloudWatch = CloudWatchClient.builder().httpClient(http).build();
    World world =
        new World(
            new AwsLambdaControlPlane(lambda),
            new AwsAliasStore(lambda),
            new CloudWatchCounters(cloudWatch),
            new CloudWatchAlarms(cloudWatch, prefix),
            new S3BundleStore(s3, KmsClient.builder().httpClient(http).build(), registry, key),
            new SsmWishStore(SsmClient.builder().httpClient(http).build(), prefix),
            new SnsPager(SnsClient.builder().httpClient(http).build(), pages, log),
            new StepFunctionsLoops(SfnClient.builder().httpClient(http).build(), machine, log),
            Time.system(),
            log);
    ReleaseLedger ledger = new ReleaseLedger(new S3EntryStore(s3, bucket), Clock.systemUTC());
    return new AwsWorld(world, ledger, prefix);
  }
}
