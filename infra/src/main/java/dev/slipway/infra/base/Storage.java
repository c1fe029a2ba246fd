package dev.slipway.infra.base;

import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Suppressions;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The buckets: datasets, registry and ledger, and one for their access logs. */
final class Storage extends Construct {
  /** What a noncurrent version of a dataset is kept for: retraining a model that still serves. */
  private static final Duration OLD_DATASETS = Duration.days(365);

  private static final Duration OLD_REGISTRY_OBJECTS = Duration.days(30);
  private static final Duration RUNS = Duration.days(180);
  private static final Duration ACCESS_LOGS = Duration.days(90);
  private static final Duration UNFINISHED_UPLOADS = Duration.days(3);

  final Bucket datasets;
  final Bucket registry;
  final Bucket ledger;
  private final Bucket accessLogs;
  private final Names names;
  private final IKey key;

  Storage(Construct scope, Names names, InfraSettings settings, IKey key) {
    super(scope, "Storage");
    this.names = names;
    this.key = key;
    accessLogs = accessLogs();
    datasets =
        bucket("Datasets", "datasets")
            .lifecycleRules(List.of(unfinished(), noncurrent(OLD_DATASETS)))
            .build();
    sendEvents(datasets);
    registry =
        bucket("Registry", "registry")
            .lifecycleRules(List.of(unfinished(), noncurrent(OLD_REGISTRY_OBJECTS), expireRuns()))
            .build();
    ledger =
        bucket("Ledger", "ledger")
            .objectLockEnabled(true)
            .objectLockDefaultRetention(retention(settings.ledger()))
            .lifecycleRules(List.of(unfinished()))
            .build();
    LedgerRules.addTo(ledger);
  }

  private Bucket.Builder bucket(String id, String kind) {
    return Bucket.Builder.create(this, id)
        .bucketName(names.bucket(kind, Stack.of(this)))
        .encryption(BucketEncryption.KMS)
        .encryptionKey(key)
        .bucketKeyEnabled(true)
        .versioned(true)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .serverAccessLogsBucket(accessLogs)
        .serverAccessLogsPrefix(kind + "/")
        .removalPolicy(RemovalPolicy.RETAIN);
  }

  private Bucket accessLogs() {
    Bucket bucket =
        Bucket.Builder.create(this, "AccessLogs")
            .bucketName(names.bucket("access-logs", Stack.of(this)))
            .encryption(BucketEncryption.S3_MANAGED)
            .versioned(true)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .lifecycleRules(
                List.of(
                    unfinished(),
                    LifecycleRule.builder()
                        .expiration(ACCESS_LOGS)
                        .noncurrentVersionExpiration(Duration.days(1))
                        .build()))
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    Suppressions.on(
        bucket, "AwsSolutions-S1", "This bucket receives the access logs; its own would not end.");
    return bucket;
  }

  /** By the property, because the construct's own switch adds a custom resource. */
  private static void sendEvents(Bucket bucket) {
    if (bucket.getNode().getDefaultChild() instanceof CfnBucket resource) {
      resource.addPropertyOverride(
          "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
    }
  }

  private static ObjectLockRetention retention(InfraSettings.Ledger ledger) {
    Duration days = Duration.days(ledger.days());
    return ledger.mode().equals("COMPLIANCE")
        ? ObjectLockRetention.compliance(days)
        : ObjectLockRetention.governance(days);
  }

  private static LifecycleRule unfinished() {
    return LifecycleRule.builder().abortIncompleteMultipartUploadAfter(UNFINISHED_UPLOADS).build();
  }

  private static LifecycleRule noncurrent(Duration after) {
    return LifecycleRule.builder().noncurrentVersionExpiration(after).build();
  }

  private static LifecycleRule expireRuns() {
    return LifecycleRule.builder().prefix("runs/").expiration(RUNS).build();
  }
}
