package dev.slipway.infra.model;

import dev.slipway.infra.Names;
import dev.slipway.infra.StateMachines;
import dev.slipway.infra.policy.Grants;
import dev.slipway.infra.policy.Roles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** The model's pipeline: train, package, propose. Whatever happens, it ends in propose. */
final class Pipeline extends Construct {
  final StateMachine machine;

  private final ModelSurroundings around;

  Pipeline(Construct scope, ModelSurroundings around) {
    super(scope, "Pipeline");
    this.around = around;
    StateMachines machines =
        new StateMachines(this, around.names(), around.settings().logRetention());
    machine =
        machines.create(
            around.names().pipeline(around.model().name()), "pipeline.asl.json", substitutions());
    grant(machines.grants());
  }

  private Map<String, String> substitutions() {
    Names names = around.names();
    Stack stack = Stack.of(this);
    boolean gpu = around.settings().machines().gpuMaxVcpus() > 0;
    Map<String, String> values = new TreeMap<>();
    values.put("Partition", stack.getPartition());
    values.put("Model", around.model().name());
    values.put("TrainQueue", queue(gpu ? "gpu" : "cpu"));
    values.put("CpuQueue", queue("cpu"));
    values.put("TrainJob", job(gpu ? "train" : "train-cpu"));
    values.put("TrainWithoutGpuJob", job("train-cpu"));
    values.put("PackageJob", job("package"));
    values.put("RegistryBucket", names.bucket("registry", stack));
    values.put("ProposeFunction", proposeArn());
    return values;
  }

  private void grant(Grants grants) {
    Names names = around.names();
    Stack stack = Stack.of(this);
    String jobs = "job-definition/" + around.functionName();
    grants
        .allow(
            List.of("batch:SubmitJob"),
            names.arn("batch", "job-queue/" + names.of("gpu"), stack),
            names.arn("batch", "job-queue/" + names.of("cpu"), stack),
            names.arn("batch", jobs + "-train", stack),
            names.arn("batch", jobs + "-train-cpu", stack),
            names.arn("batch", jobs + "-package", stack))
        .allowMany(
            "Jobs are submitted by name and run the newest revision, whose number comes later.",
            List.of("batch:SubmitJob"),
            names.arn("batch", jobs + "-train:*", stack),
            names.arn("batch", jobs + "-train-cpu:*", stack),
            names.arn("batch", jobs + "-package:*", stack))
        .allowMany(
            "AWS offers no resource for describing jobs, and a job's identifier comes later.",
            List.of("batch:DescribeJobs", "batch:TerminateJob"),
            "*")
        .allow(
            List.of("events:PutTargets", "events:PutRule", "events:DescribeRule"),
            names.arn("events", "rule/StepFunctionsGetEventsForBatchJobsRule", stack))
        .allow(List.of("lambda:InvokeFunction"), proposeArn())
        .allowMany(
            "The key holds the run, which comes later.",
            List.of("s3:PutObject"),
            names.bucketArn(
                "registry", "runs/" + around.model().name() + "/*/train-progress.json", stack));
    Roles.writeEncrypted(grants, names, stack);
  }

  private String queue(String kind) {
    return around.names().arn("batch", "job-queue/" + around.names().of(kind), Stack.of(this));
  }

  /** By name, without revision: a deployment in the middle of a run does not break the run. */
  private String job(String kind) {
    return around.functionName() + "-" + kind;
  }

  private String proposeArn() {
    return around.names().arn("lambda", "function:" + around.names().of("propose"), Stack.of(this));
  }
}
