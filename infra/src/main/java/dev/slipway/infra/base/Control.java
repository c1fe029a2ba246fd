package dev.slipway.infra.base;

import dev.slipway.functions.SettingNames;
import dev.slipway.infra.Artefact;
import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Suppressions;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The three control functions: intake, propose, reconcile. */
final class Control extends Construct {
  /** Long enough to read a data file of 200 MB and check it. */
  private static final Duration INTAKE_TIMEOUT = Duration.minutes(3);

  private static final Duration PROPOSE_TIMEOUT = Duration.minutes(2);

  /** Publishing a version waits until Lambda says Active, which with SnapStart takes minutes. */
  private static final Duration RECONCILE_TIMEOUT = Duration.minutes(5);

  private static final int ONE_PROCESSOR_MIB = 1769;

  final ControlFunction intake;
  final ControlFunction propose;
  final ControlFunction reconcile;
  final Queue failed;

  Control(Construct scope, Surroundings around, Keys keys, Topics topics) {
    super(scope, "Control");
    failed =
        Queue.Builder.create(this, "Failed")
            .queueName(around.names().of("failed-events"))
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    Suppressions.on(
        failed, "AwsSolutions-SQS3", "This is the queue for events that failed elsewhere.");
    intake = function("Intake", "intake", Artefact.INTAKE, INTAKE_TIMEOUT, intake(around), around);
    propose =
        function("Propose", "propose", Artefact.PROPOSE, PROPOSE_TIMEOUT, propose(around), around);
    reconcile =
        function(
            "Reconcile",
            "reconcile",
            Artefact.RECONCILE,
            RECONCILE_TIMEOUT,
            reconcile(around, topics),
            around);
    IntakeRole.grant(intake.grants, around.names(), Stack.of(this));
    ProposeRole.grant(propose.grants, around.names(), keys, Stack.of(this));
    ReconcileRole.grant(reconcile.grants, around.names(), keys, topics, Stack.of(this));
  }

  private ControlFunction function(
      String id,
      String kind,
      Artefact artefact,
      Duration timeout,
      Map<String, String> environment,
      Surroundings around) {
    return new ControlFunction(
        this, id, kind, artefact, ONE_PROCESSOR_MIB, timeout, environment, around, failed);
  }

  private Map<String, String> common(Surroundings around) {
    Names names = around.names();
    Stack stack = Stack.of(this);
    Map<String, String> environment = new TreeMap<>();
    environment.put(SettingNames.PREFIX, names.prefix());
    environment.put(SettingNames.REGISTRY_BUCKET, names.bucket("registry", stack));
    environment.put(SettingNames.LEDGER_BUCKET, names.bucket("ledger", stack));
    return environment;
  }

  private Map<String, String> intake(Surroundings around) {
    Map<String, String> environment = common(around);
    environment.put(
        SettingNames.DATASETS_BUCKET, around.names().bucket("datasets", Stack.of(this)));
    return environment;
  }

  private Map<String, String> propose(Surroundings around) {
    Map<String, String> environment = common(around);
    environment.put(SettingNames.SIGNING_KEY, around.names().signingKey());
    environment.put(SettingNames.RELEASE_STATE_MACHINE_ARN, releaseLoop(around.names()));
    return environment;
  }

  private Map<String, String> reconcile(Surroundings around, Topics topics) {
    Map<String, String> environment = common(around);
    environment.put(SettingNames.SIGNING_KEY, around.names().signingKey());
    environment.put(SettingNames.RELEASE_STATE_MACHINE_ARN, releaseLoop(around.names()));
    environment.put(SettingNames.PAGES_TOPIC_ARN, topics.pages.getTopicArn());
    return environment;
  }

  /** By name: the state machine calls reconcile, so a reference would close a circle. */
  private String releaseLoop(Names names) {
    return names.arn("states", "stateMachine:" + names.releaseLoop(), Stack.of(this));
  }
}
