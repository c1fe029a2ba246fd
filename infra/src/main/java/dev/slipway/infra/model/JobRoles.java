package dev.slipway.infra.model;

import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The roles of a model's jobs. The trainer reads data and writes a float model; the packager writes
 * the bundle; neither signs, neither touches the ledger, a function or an alarm.
 */
final class JobRoles {
  private static final String KEYS_COME_LATER =
      "Keys below the model's own folder hold the run or the digest, which come later.";
  private static final List<String> READ = List.of("s3:GetObject", "s3:GetObjectVersion");

  private JobRoles() {}

  static Role trainer(Construct scope, ModelSurroundings around) {
    Role role = job(scope, around, "Trainer", "trainer");
    Grants grants = readInputs(role, around);
    Stack stack = Stack.of(scope);
    grants
        .allowMany(
            KEYS_COME_LATER,
            List.of("s3:PutObject"),
            registry(around, "runs", "*/train/*", stack),
            registry(around, "runs", "*/train-*.json", stack))
        // The key of the hashes of rows and personal values; made by the first run, then kept.
        .allow(
            List.of("s3:GetObject", "s3:PutObject"),
            around.names().bucketArn("registry", "keys/" + around.model().name() + ".key", stack));
    return role;
  }

  static Role packager(Construct scope, ModelSurroundings around) {
    Role role = job(scope, around, "Packager", "packager");
    Grants grants = readInputs(role, around);
    Stack stack = Stack.of(scope);
    grants
        .allowMany(
            KEYS_COME_LATER, List.of("s3:GetObject"), registry(around, "bundles", "*", stack))
        .allowMany(
            KEYS_COME_LATER,
            List.of("s3:PutObject"),
            registry(around, "bundles", "*/*", stack),
            registry(around, "runs", "*/package-*.json", stack))
        // The signature is the signer's alone.
        .deny(List.of("s3:PutObject"), registry(around, "bundles", "*/manifest.sig", stack));
    return role;
  }

  /** What starts the container before the job's own role counts: image and log stream. */
  static Role execution(Construct scope, ModelSurroundings around, LogGroup logs) {
    Role role =
        Roles.assumedBy(
            scope,
            "StartRole",
            "ecs-tasks.amazonaws.com",
            around.names(),
            "job-start",
            "Fetches the image of a job and opens its log");
    Roles.writeLogs(role, logs);
    Stack stack = Stack.of(scope);
    new Grants(role)
        .allowMany(
            "The image's name is a setting; the repository may be any of this account and region.",
            List.of(
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer"),
            around.names().arn("ecr", "repository/*", stack))
        .allowMany(
            "AWS offers no resource for this action (Service Authorization Reference).",
            List.of("ecr:GetAuthorizationToken"),
            "*");
    return role;
  }

  private static Role job(Construct scope, ModelSurroundings around, String id, String kind) {
    return Roles.assumedBy(
        scope,
        id,
        "ecs-tasks.amazonaws.com",
        around.names(),
        kind,
        "What the " + kind + " of " + around.model().name() + " may do");
  }

  private static Grants readInputs(Role role, ModelSurroundings around) {
    Grants grants = new Grants(role);
    Stack stack = Stack.of(role);
    Names names = around.names();
    grants
        .allowMany(
            KEYS_COME_LATER,
            READ,
            names.bucketArn("datasets", "datasets/" + around.model().name() + "/*", stack))
        .allowMany(KEYS_COME_LATER, List.of("s3:GetObject"), registry(around, "runs", "*", stack))
        // Without it S3 answers 403 instead of 404 for a step that has not run yet.
        .allow(List.of("s3:ListBucket"), names.bucketArn("registry", "", stack));
    Roles.writeEncrypted(grants, names, stack);
    Roles.keepFromControl(grants);
    return grants;
  }

  private static String registry(
      ModelSurroundings around, String folder, String keys, Stack stack) {
    return around
        .names()
        .bucketArn("registry", folder + "/" + around.model().name() + "/" + keys, stack);
  }
}
