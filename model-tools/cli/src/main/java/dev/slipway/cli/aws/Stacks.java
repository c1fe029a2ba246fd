package dev.slipway.cli.aws;

import dev.slipway.cli.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** What the deployed stacks say of themselves: which models there are, and each stack's outputs. */
public final class Stacks {
  /** Name of the stack that holds what all models share. */
  public static final String BASE = "slipway-base";

  private static final String MODEL_PREFIX = "slipway-model-";

  private final CloudFormationClient client;

  public Stacks(CloudFormationClient client) {
    this.client = client;
  }

  /** {@return outputs by name of every deployed stack of Slipway, by stack name} */
  public Map<String, Map<String, String>> outputs() {
    Map<String, Map<String, String>> found = new TreeMap<>();
    client
        .describeStacksPaginator()
        .stacks()
        .forEach(stack -> {
          if (isOurs(stack)) {
            found.put(stack.stackName(), outputsOf(stack));
          }
        });
    return found;
  }

  /** {@return the deployed models' names, sorted} */
  public static List<String> models(Map<String, Map<String, String>> outputs) {
    return outputs.keySet().stream()
        .filter(name -> name.startsWith(MODEL_PREFIX))
        .map(name -> name.substring(MODEL_PREFIX.length()))
        .toList();
  }

  /** {@return one output of a model's stack; refuses when model or output is unknown} */
  public static String modelOutput(
      Map<String, Map<String, String>> outputs, String model, String name) {
    return Optional.ofNullable(outputs.get(MODEL_PREFIX + model))
        .map(values -> required(values, MODEL_PREFIX + model, name))
        .orElseThrow(() ->
            new Refusal(
                "MODEL_UNKNOWN",
                "no model '%s' is deployed; expected one of %s. Add one: ./slipway up DIR"
                    .formatted(model, models(outputs))));
  }

  /** {@return one output of the base stack; refuses when it isn't deployed} */
  public static String baseOutput(Map<String, Map<String, String>> outputs, String name) {
    return Optional.ofNullable(outputs.get(BASE))
        .map(values -> required(values, BASE, name))
        .orElseThrow(() ->
            new Refusal("NOT_DEPLOYED", "the stack slipway-base isn't there; run ./slipway up"));
  }

  private static String required(Map<String, String> values, String stack, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new Refusal(
          "OUTPUT_MISSING",
          "stack %s has no output %s; it has %s. Deploy it again: ./slipway up"
              .formatted(stack, name, values.keySet()));
    }
    return value;
  }

  private static boolean isOurs(Stack stack) {
    return !stack.stackStatusAsString().startsWith("DELETE")
        && (stack.stackName().equals(BASE) || stack.stackName().startsWith(MODEL_PREFIX));
  }

  private static Map<String, String> outputsOf(Stack stack) {
    Map<String, String> values = new TreeMap<>();
    for (Output output : stack.outputs()) {
      values.put(output.outputKey(), output.outputValue());
    }
    return values;
  }
}
