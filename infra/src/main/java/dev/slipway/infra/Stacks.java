package dev.slipway.infra;

import dev.slipway.infra.base.BaseStack;
import dev.slipway.infra.model.ModelStack;
import dev.slipway.infra.model.ServedModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Tags;

/**
 * The stacks of an app.
 *
 * @param base what all models share
 * @param models one stack per model
 */
public record Stacks(BaseStack base, List<ModelStack> models) {
  /**
   * Behaviour of the construct library that we ask for, here and not in {@code cdk.json} so that
   * tests see the same templates: access logs allowed by bucket policy (ACLs are off), one
   * statement where several say the same.
   */
  private static final List<String> FLAGS =
      List.of(
          "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", "@aws-cdk/aws-iam:minimizePolicies");

  /** Keeps a copy of the list. */
  public Stacks {
    models = List.copyOf(models);
  }

  /**
   * Defines all stacks.
   *
   * @throws InfraException if a zip is missing or two models share a name
   */
  public static Stacks define(
      App app,
      InfraSettings settings,
      List<ServedModel> models,
      Artefacts artefacts,
      Environment environment) {
    artefacts.check();
    refuseDuplicates(models);
    FLAGS.forEach(flag -> app.getNode().setContext(flag, true));
    Names names = new Names(settings.prefix());
    BaseStack base = new BaseStack(app, names, settings, artefacts, environment);
    List<ModelStack> stacks =
        models.stream()
            .map(model -> new ModelStack(app, model, names, settings, artefacts, environment))
            .toList();
    stacks.forEach(stack -> stack.addStackDependency(base));
    Tags.of(app).add("project", settings.prefix());
    return new Stacks(base, stacks);
  }

  private static void refuseDuplicates(List<ServedModel> models) {
    Set<String> seen = new HashSet<>();
    for (ServedModel model : models) {
      if (!seen.add(model.name())) {
        throw new InfraException(
            "INFRA_MODEL_TWICE: two folders of context \"models\" hold a model named %s; expected"
                    .formatted(model.name())
                + " each name once. Rename one in its model.yaml.");
      }
    }
  }
}
