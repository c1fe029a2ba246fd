package dev.slipway.infra.base;

import dev.slipway.infra.Artefacts;
import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.Names;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** What all models share; deployed once per account and region. */
public final class BaseStack extends Stack {
  private final List<String> zones;

  /** Defines the stack. */
  public BaseStack(
      Construct scope,
      Names names,
      InfraSettings settings,
      Artefacts artefacts,
      Environment environment) {
    super(
        scope,
        names.baseStack(),
        StackProps.builder()
            .env(environment)
            .description("Slipway: buckets, machines and control functions of all models")
            .build());
    zones = settings.availabilityZones();
    Surroundings around = new Surroundings(names, settings, artefacts);
    Keys keys = new Keys(this, names);
    Storage storage = new Storage(this, names, settings, keys.data);
    new Machines(this, names, settings, new Network(this));
    new GatewayLogging(this);
    Topics topics = new Topics(this, names, settings);
    Control control = new Control(this, around, keys, topics);
    ReleaseLoop loop = new ReleaseLoop(this, around, control);
    new Triggers(this, names, storage, control, topics);
    new ControlAlarms(this, names, control, topics);
    output("DatasetsBucket", storage.datasets.getBucketName());
    output("RegistryBucket", storage.registry.getBucketName());
    output("LedgerBucket", storage.ledger.getBucketName());
    output("IntakeFunction", control.intake.function.getFunctionName());
    output("ProposeFunction", control.propose.function.getFunctionName());
    output("ReconcileFunction", control.reconcile.function.getFunctionName());
    output("ReleaseStateMachineArn", loop.machine.getStateMachineArn());
    output("AlarmTopicArn", topics.alarms.getTopicArn());
    output("PagesTopicArn", topics.pages.getTopicArn());
  }

  private void output(String id, String value) {
    CfnOutput.Builder.create(this, id).value(value).build();
  }

  /**
   * {@return the zones of the network} Left open unless set: the deployment takes the account's
   * first two, and making the template needs no credentials.
   */
  @Override
  public List<String> getAvailabilityZones() {
    return zones.isEmpty() ? List.of(Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())) : zones;
  }
}
