package dev.slipway.infra.base;

import dev.slipway.infra.policy.Suppressions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * Where the jobs' machines stand: public subnets in two zones, nothing listening, nothing let in,
 * HTTPS let out. Costs nothing while no job runs; private subnets would need a NAT gateway or seven
 * interface endpoints that cost money every hour.
 */
final class Network extends Construct {
  final Vpc vpc;
  final SecurityGroup jobs;

  Network(Construct scope) {
    super(scope, "Network");
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .ipAddresses(IpAddresses.cidr("10.70.0.0/16"))
            .maxAzs(2)
            .natGateways(0)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("jobs")
                        .subnetType(SubnetType.PUBLIC)
                        .cidrMask(20)
                        .mapPublicIpOnLaunch(true)
                        .build()))
            .gatewayEndpoints(
                Map.of(
                    "S3",
                    GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.S3)
                        .build()))
            // Emptying the default group needs a custom resource; nothing uses that group.
            .restrictDefaultSecurityGroup(false)
            .build();
    jobs =
        SecurityGroup.Builder.create(this, "Jobs")
            .vpc(vpc)
            .description("Jobs of Slipway: nothing comes in, HTTPS goes out")
            .allowAllOutbound(false)
            .build();
    jobs.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "AWS APIs, S3 and the container registry");
    Suppressions.on(
        vpc,
        "AwsSolutions-VPC7",
        "Nothing listens here and nothing is let in; a flow log would record the jobs' own calls"
            + " to AWS, which CloudTrail has.");
  }
}
