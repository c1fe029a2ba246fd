package dev.slipway.infra.model;

import dev.slipway.infra.Artefacts;
import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.Names;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** Everything of one model; deployed after the base stack, removed without touching another. */
public final class ModelStack extends Stack {
  /** Defines the stack. */
  public ModelStack(
      Construct scope,
      ServedModel model,
      Names names,
      InfraSettings settings,
      Artefacts artefacts,
      Environment environment) {
    super(
        scope,
        names.modelStack(model.name()),
        StackProps.builder()
            .env(environment)
            .description("Slipway: pipeline, function and API of model " + model.name())
            .build());
    ModelSurroundings around = new ModelSurroundings(model, names, settings, artefacts);
    new JobDefinitions(this, around, settings.jobImage().orElseGet(this::askForImage));
    Pipeline pipeline = new Pipeline(this, around);
    ServingFunction serving = new ServingFunction(this, around);
    GatewayApi api = new GatewayApi(this, around);
    new Wish(this, around, serving.role, api);
    new Backstops(this, around, api);
    output("ApiUrl", api.url());
    output("ApiId", api.id());
    api.keyId().ifPresent(id -> output("ApiKeyId", id));
    output("FunctionName", around.functionName());
    output("PipelineArn", pipeline.machine.getStateMachineArn());
    output(
        "DatasetUri", "s3://" + names.bucket("datasets", this) + "/datasets/" + model.name() + "/");
  }

  /**
   * No image is right by default. A parameter without one lets {@code cdk synth} and {@code cdk
   * diff} work and makes {@code cdk deploy} ask.
   */
  private String askForImage() {
    return CfnParameter.Builder.create(this, "JobImage")
        .type("String")
        .description("Container image of the jobs; or set the context: cdk deploy -c jobImage=…")
        .minLength(1)
        .build()
        .getValueAsString();
  }

  private void output(String id, String value) {
    CfnOutput.Builder.create(this, id).value(value).build();
  }
}
