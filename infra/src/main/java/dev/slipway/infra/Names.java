package dev.slipway.infra;

import software.amazon.awscdk.Stack;

/**
 * Every name that one part uses to find another in AWS, written once. All start with the prefix, so
 * that two installations fit into one account.
 *
 * @param prefix {@code slipway} unless the context says otherwise
 */
public record Names(String prefix) {

  /** {@return the prefix, a dash and the rest} */
  public String of(String rest) {
    return prefix + "-" + rest;
  }

  /** {@return the name of the base stack} */
  public String baseStack() {
    return of("base");
  }

  /** {@return the name of a model's stack} */
  public String modelStack(String model) {
    return of("model-" + model);
  }

  /** {@return the name of a model's function, of its API and of its API key} */
  public String model(String model) {
    return of(model);
  }

  /** {@return the name of a model's pipeline} */
  public String pipeline(String model) {
    return of("pipeline-" + model);
  }

  /** {@return the name of the state machine that drives releases} */
  public String releaseLoop() {
    return of("release");
  }

  /** {@return the name of a model's parameter, {@code /slipway/<model>/<kind>}} */
  public String parameter(String model, String kind) {
    return "/" + prefix + "/" + model + "/" + kind;
  }

  /** {@return the alias of the key that encrypts data, with {@code alias/}} */
  public String dataKey() {
    return "alias/" + of("data");
  }

  /** {@return the alias of the key that signs manifests, with {@code alias/}} */
  public String signingKey() {
    return "alias/" + of("signing");
  }

  /** {@return the globally unique name of a bucket of this account and region} */
  public String bucket(String kind, Stack stack) {
    return of(kind) + "-" + stack.getAccount() + "-" + stack.getRegion();
  }

  /** {@return the ARN of a bucket, or with a key pattern of its objects} */
  public String bucketArn(String kind, String keys, Stack stack) {
    String bucket = "arn:" + stack.getPartition() + ":s3:::" + bucket(kind, stack);
    return keys.isEmpty() ? bucket : bucket + "/" + keys;
  }

  /** {@return the ARN of something of a service in this account and region} */
  public String arn(String service, String resource, Stack stack) {
    return "arn:%s:%s:%s:%s:%s"
        .formatted(stack.getPartition(), service, stack.getRegion(), stack.getAccount(), resource);
  }

  /** {@return the path of the roles of one kind, such as {@code /slipway/inference/}} */
  public String rolePath(String kind) {
    return "/" + prefix + "/" + kind + "/";
  }

  /** {@return the ARN pattern of all roles of one kind} */
  public String rolesArn(String kind, Stack stack) {
    return "arn:%s:iam::%s:role%s*"
        .formatted(stack.getPartition(), stack.getAccount(), rolePath(kind));
  }
}
