package dev.slipway.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What the template of the base stack holds, and what it must not hold. */
class BaseTemplateTest {
  private static final int BUCKETS = 4;

  @TempDir private static Path folder;
  private static Template template;

  @BeforeAll
  static void synthesise() {
    template = Template.fromStack(TestStacks.define(new App(), folder).base());
  }

  @Test
  void buckets_areVersionedAndClosedToThePublic() {
    template.resourceCountIs("AWS::S3::Bucket", BUCKETS);
    template.allResourcesProperties(
        "AWS::S3::Bucket",
        Map.of(
            "VersioningConfiguration",
            Map.of("Status", "Enabled"),
            "BucketEncryption",
            Match.anyValue(),
            "PublicAccessBlockConfiguration",
            Map.of(
                "BlockPublicAcls", true,
                "BlockPublicPolicy", true,
                "IgnorePublicAcls", true,
                "RestrictPublicBuckets", true)));
  }

  @Test
  void buckets_areKeptWhenTheStackGoes() {
    template.allResources("AWS::S3::Bucket", Match.objectLike(Map.of("DeletionPolicy", "Retain")));
  }

  @Test
  void everyBucketPolicy_refusesPlainHttp() {
    template.resourceCountIs("AWS::S3::BucketPolicy", BUCKETS);
    template.allResourcesProperties(
        "AWS::S3::BucketPolicy",
        Map.of(
            "PolicyDocument",
            Map.of(
                "Statement",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "Effect",
                                "Deny",
                                "Condition",
                                Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))));
  }

  @Test
  void ledger_isLockedAndTakesNewEntriesOnly() {
    template.hasResourceProperties(
        "AWS::S3::Bucket", Match.objectLike(Map.of("ObjectLockEnabled", true)));
    template.hasResourceProperties(
        "AWS::S3::BucketPolicy",
        Map.of(
            "PolicyDocument",
            Map.of(
                "Statement",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "Sid",
                                "NobodyDeletes",
                                "Effect",
                                "Deny",
                                "Action",
                                List.of("s3:DeleteObject", "s3:DeleteObjectVersion"))),
                        Match.objectLike(
                            Map.of(
                                "Sid",
                                "OnlyNewEntries",
                                "Effect",
                                "Deny",
                                "Action",
                                "s3:PutObject",
                                "Condition",
                                Map.of("Null", Map.of("s3:if-none-match", "true")))))))));
  }

  @Test
  void gpuMachines_areSpotAndGoneWhenIdle() {
    template.hasResourceProperties(
        "AWS::Batch::ComputeEnvironment",
        Map.of(
            "ComputeResources",
            Match.objectLike(
                Map.of(
                    "Type",
                    "SPOT",
                    "MinvCpus",
                    0,
                    "MaxvCpus",
                    8,
                    "Ec2Configuration",
                    List.of(Map.of("ImageType", "ECS_AL2023_NVIDIA"))))));
  }

  @Test
  void gpuQueue_cancelsAJobThatGetsNoMachineForFifteenMinutes() {
    template.hasResourceProperties(
        "AWS::Batch::JobQueue",
        Map.of(
            "JobQueueName",
            "slipway-gpu",
            "JobStateTimeLimitActions",
            Match.arrayWith(
                List.of(
                    Map.of(
                        "Action", "CANCEL",
                        "MaxTimeSeconds", 900,
                        "Reason", "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
                        "State", "RUNNABLE")))));
  }

  @Test
  void tick_isARuleOfOneMinute() {
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Match.objectLike(Map.of("ScheduleExpression", "rate(1 minute)", "State", "ENABLED")));
    template.resourceCountIs("AWS::Scheduler::Schedule", 0);
  }

  @Test
  void newObjects_reachIntakeByEventBridge() {
    template.hasResourceProperties(
        "AWS::S3::Bucket",
        Match.objectLike(
            Map.of(
                "NotificationConfiguration",
                Map.of("EventBridgeConfiguration", Map.of("EventBridgeEnabled", true)))));
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Match.objectLike(
            Map.of(
                "EventPattern",
                Match.objectLike(
                    Map.of(
                        "source", List.of("aws.s3"), "detail-type", List.of("Object Created"))))));
  }

  @Test
  void controlFunctions_runOnJava25() {
    template.resourceCountIs("AWS::Lambda::Function", 3);
    template.allResourcesProperties("AWS::Lambda::Function", Map.of("Runtime", "java25"));
  }

  @Test
  void noVersionAndNoAlias_isInTheTemplate() {
    template.resourceCountIs("AWS::Lambda::Version", 0);
    template.resourceCountIs("AWS::Lambda::Alias", 0);
  }

  @Test
  void noCustomResource_isNeeded() {
    Map<String, Map<String, Object>> custom =
        template.findResources("AWS::CloudFormation::CustomResource");
    assertEquals(Map.of(), custom);
    assertTrue(
        template.toJSON().toString().lines().noneMatch(line -> line.contains("Custom::")),
        "a custom resource would need a function of its own");
  }
}
