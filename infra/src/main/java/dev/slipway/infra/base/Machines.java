package dev.slipway.infra.base;

import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.Names;
import dev.slipway.infra.policy.Roles;
import dev.slipway.infra.policy.Suppressions;
import java.util.List;
import software.amazon.awscdk.services.batch.CfnComputeEnvironment;
import software.amazon.awscdk.services.batch.CfnComputeEnvironment.ComputeResourcesProperty;
import software.amazon.awscdk.services.batch.CfnComputeEnvironment.Ec2ConfigurationObjectProperty;
import software.amazon.awscdk.services.batch.CfnComputeEnvironment.LaunchTemplateSpecificationProperty;
import software.amazon.awscdk.services.batch.CfnJobQueue;
import software.amazon.awscdk.services.batch.CfnJobQueue.ComputeEnvironmentOrderProperty;
import software.amazon.awscdk.services.batch.CfnJobQueue.JobStateTimeLimitActionProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.iam.CfnInstanceProfile;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * The machines of the jobs: Spot GPU machines behind {@code slipway-gpu}, Fargate behind {@code
 * slipway-cpu}. None runs while no job waits.
 */
final class Machines extends Construct {
  /**
   * A job that no machine can take is cancelled after this time; the pipeline then goes to the CPU
   * queue. Batch allows 600 to 86,400 s (API reference, JobStateTimeLimitAction).
   */
  private static final int MOST_WAIT_SECONDS = 900;

  /** Every reason that Batch can tell of a job stuck in RUNNABLE (same page). */
  private static final List<String> STUCK =
      List.of(
          "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
          "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE",
          "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT");

  /** The job's image with CUDA is several GB; the AMI's own disk of 30 GB is too small for two. */
  private static final int DISK_GIB = 100;

  private final List<String> subnets;
  private final List<String> securityGroups;

  Machines(Construct scope, Names names, InfraSettings settings, Network network) {
    super(scope, "Machines");
    subnets = network.vpc.getPublicSubnets().stream().map(ISubnet::getSubnetId).toList();
    securityGroups = List.of(network.jobs.getSecurityGroupId());
    queue("GpuQueue", names.of("gpu"), gpuMachines(names, settings.machines()));
    queue("CpuQueue", names.of("cpu"), cpuMachines(settings.machines()));
  }

  private void queue(String id, String name, CfnComputeEnvironment machines) {
    CfnJobQueue.Builder.create(this, id)
        .jobQueueName(name)
        .priority(1)
        .computeEnvironmentOrder(
            List.of(
                ComputeEnvironmentOrderProperty.builder()
                    .order(1)
                    .computeEnvironment(machines.getRef())
                    .build()))
        .jobStateTimeLimitActions(STUCK.stream().map(Machines::cancelWhenStuck).toList())
        .build();
  }

  private static JobStateTimeLimitActionProperty cancelWhenStuck(String reason) {
    return JobStateTimeLimitActionProperty.builder()
        .state("RUNNABLE")
        .reason(reason)
        .maxTimeSeconds(MOST_WAIT_SECONDS)
        .action("CANCEL")
        .build();
  }

  private CfnComputeEnvironment gpuMachines(Names names, InfraSettings.Machines limits) {
    return CfnComputeEnvironment.Builder.create(this, "GpuMachines")
        .type("MANAGED")
        .replaceComputeEnvironment(false)
        .computeResources(
            ComputeResourcesProperty.builder()
                .type("SPOT")
                .allocationStrategy("SPOT_PRICE_CAPACITY_OPTIMIZED")
                .minvCpus(0)
                // At 0 the pipelines train on the CPU queue; Batch wants room for one here.
                .maxvCpus(Math.max(1, limits.gpuMaxVcpus()))
                .instanceTypes(limits.gpuInstanceTypes())
                .ec2Configuration(
                    List.of(
                        Ec2ConfigurationObjectProperty.builder()
                            .imageType("ECS_AL2023_NVIDIA")
                            .build()))
                .instanceRole(instanceProfile(names).getAttrArn())
                .launchTemplate(launchTemplate())
                .updateToLatestImageVersion(true)
                .subnets(subnets)
                .securityGroupIds(securityGroups)
                .build())
        .build();
  }

  private CfnComputeEnvironment cpuMachines(InfraSettings.Machines limits) {
    return CfnComputeEnvironment.Builder.create(this, "CpuMachines")
        .type("MANAGED")
        .replaceComputeEnvironment(false)
        .computeResources(
            ComputeResourcesProperty.builder()
                .type("FARGATE")
                .maxvCpus(limits.cpuMaxVcpus())
                .subnets(subnets)
                .securityGroupIds(securityGroups)
                .build())
        .build();
  }

  private LaunchTemplateSpecificationProperty launchTemplate() {
    CfnLaunchTemplate template =
        CfnLaunchTemplate.Builder.create(this, "GpuMachine")
            .launchTemplateData(
                CfnLaunchTemplate.LaunchTemplateDataProperty.builder()
                    .blockDeviceMappings(
                        List.of(
                            CfnLaunchTemplate.BlockDeviceMappingProperty.builder()
                                .deviceName("/dev/xvda")
                                .ebs(
                                    CfnLaunchTemplate.EbsProperty.builder()
                                        .volumeType("gp3")
                                        .volumeSize(DISK_GIB)
                                        .encrypted(true)
                                        .deleteOnTermination(true)
                                        .build())
                                .build()))
                    // One hop: the agent reaches the instance's role, a container does not.
                    .metadataOptions(
                        CfnLaunchTemplate.MetadataOptionsProperty.builder()
                            .httpTokens("required")
                            .httpPutResponseHopLimit(1)
                            .build())
                    .build())
            .build();
    return LaunchTemplateSpecificationProperty.builder()
        .launchTemplateId(template.getRef())
        .version(template.getAttrLatestVersionNumber())
        .build();
  }

  private CfnInstanceProfile instanceProfile(Names names) {
    Role role =
        Roles.assumedBy(
            this,
            "GpuMachineRole",
            "ec2.amazonaws.com",
            names,
            "machine",
            "The ECS agent of a GPU machine; jobs have roles of their own");
    role.addManagedPolicy(
        ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonEC2ContainerServiceforEC2Role"));
    Suppressions.on(
        role,
        "AwsSolutions-IAM4",
        "The actions of the ECS agent change with its releases; AWS keeps this policy in step.");
    return CfnInstanceProfile.Builder.create(this, "GpuMachineProfile")
        .roles(List.of(role.getRoleName()))
        .build();
  }
}
