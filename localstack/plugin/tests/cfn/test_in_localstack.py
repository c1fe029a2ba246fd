from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, WaiterError

if TYPE_CHECKING:
    from tests.conftest import LocalAws

pytestmark = pytest.mark.localstack

VPC = {
    "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.7.0.0/16"}},
    "Subnet": {
        "Type": "AWS::EC2::Subnet",
        "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.7.1.0/24", "AvailabilityZone": "us-east-1a"},
    },
    "Group": {
        "Type": "AWS::EC2::SecurityGroup",
        "Properties": {"GroupDescription": "jobs", "VpcId": {"Ref": "Vpc"}},
    },
}


def queue_template(priority: int, command: str) -> dict[str, Any]:
    return VPC | {
        "Machines": {
            "Type": "AWS::Batch::ComputeEnvironment",
            "Properties": {
                "Type": "MANAGED",
                "ReplaceComputeEnvironment": False,
                "ComputeResources": {
                    "Type": "FARGATE",
                    "MaxvCpus": 4,
                    "Subnets": [{"Ref": "Subnet"}],
                    "SecurityGroupIds": [{"Fn::GetAtt": ["Group", "GroupId"]}],
                },
            },
        },
        "Queue": {
            "Type": "AWS::Batch::JobQueue",
            "Properties": {
                "JobQueueName": "cfn-queue",
                "Priority": priority,
                "ComputeEnvironmentOrder": [{"Order": 1, "ComputeEnvironment": {"Ref": "Machines"}}],
            },
        },
        "Job": {
            "Type": "AWS::Batch::JobDefinition",
            "Properties": {
                "JobDefinitionName": "cfn-job",
                "Type": "container",
                "PlatformCapabilities": ["FARGATE"],
                "ContainerProperties": {
                    "Image": "anything",
                    "Command": [command],
                    "ExecutionRoleArn": "arn:aws:iam::000000000000:role/start",
                    "ResourceRequirements": [{"Type": "VCPU", "Value": "1"}, {"Type": "MEMORY", "Value": "2048"}],
                },
            },
        },
    }


def deploy(
    aws: LocalAws, name: str, resources: dict[str, Any], outputs: dict[str, Any] | None = None
) -> dict[str, str]:
    cloudformation = aws.client("cloudformation")
    template: dict[str, Any] = {"Resources": resources}
    if outputs:
        template["Outputs"] = {key: {"Value": value} for key, value in outputs.items()}
    try:
        cloudformation.describe_stacks(StackName=name)
        verb = "update"
    except ClientError:
        verb = "create"
    getattr(cloudformation, f"{verb}_stack")(StackName=name, TemplateBody=json.dumps(template))
    waiter = cloudformation.get_waiter(f"stack_{verb}_complete")
    waiter.wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def remove(aws: LocalAws, name: str) -> None:
    cloudformation = aws.client("cloudformation")
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(
        StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )


def test_batch_types_are_made_changed_and_removed(local_aws: LocalAws) -> None:
    batch = local_aws.client("batch")
    outputs = {"Queue": {"Ref": "Queue"}, "Job": {"Ref": "Job"}}

    made = deploy(local_aws, "cfn-batch", queue_template(1, "first"), outputs)
    changed = deploy(local_aws, "cfn-batch", queue_template(7, "second"), outputs)

    assert made["Queue"] == changed["Queue"]
    assert made["Job"].endswith(":job-definition/cfn-job:1")
    assert changed["Job"].endswith(":job-definition/cfn-job:2")
    assert batch.describe_job_queues(jobQueues=["cfn-queue"])["jobQueues"][0]["priority"] == 7
    revisions = batch.describe_job_definitions(jobDefinitionName="cfn-job")["jobDefinitions"]
    assert {each["revision"]: each["status"] for each in revisions} == {1: "INACTIVE", 2: "ACTIVE"}
    remove(local_aws, "cfn-batch")
    assert batch.describe_job_queues(jobQueues=["cfn-queue"])["jobQueues"] == []


def test_network_types_are_made_and_removed(local_aws: LocalAws) -> None:
    ec2 = local_aws.client("ec2")
    rule = {"GroupId": {"Fn::GetAtt": ["Group", "GroupId"]}, "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    resources = VPC | {
        "In": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": rule | {"CidrIp": "10.0.0.0/8"}},
        "Out": {"Type": "AWS::EC2::SecurityGroupEgress", "Properties": rule | {"CidrIp": "10.0.0.0/8"}},
        "Machine": {
            "Type": "AWS::EC2::LaunchTemplate",
            "Properties": {"LaunchTemplateData": {"MetadataOptions": {"HttpTokens": "required"}}},
        },
    }
    outputs = {
        "Group": {"Fn::GetAtt": ["Group", "GroupId"]},
        "Machine": {"Ref": "Machine"},
        "Version": {"Fn::GetAtt": ["Machine", "LatestVersionNumber"]},
    }

    made = deploy(local_aws, "cfn-network", resources, outputs)

    group = ec2.describe_security_groups(GroupIds=[made["Group"]])["SecurityGroups"][0]
    assert [each["FromPort"] for each in group["IpPermissions"]] == [443]
    assert 443 in [each.get("FromPort") for each in group["IpPermissionsEgress"]]
    assert made["Version"] == "1"
    found = ec2.describe_launch_template_versions(LaunchTemplateId=made["Machine"])["LaunchTemplateVersions"]
    assert found[0]["LaunchTemplateData"]["MetadataOptions"] == {"HttpTokens": "required"}
    remove(local_aws, "cfn-network")
    assert ec2.describe_launch_templates()["LaunchTemplates"] == []


def test_dashboard_and_metric_filter_are_made_and_removed(local_aws: LocalAws) -> None:
    resources = {
        "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "cfn-watched"}},
        "Filter": {
            "Type": "AWS::Logs::MetricFilter",
            "Properties": {
                "LogGroupName": {"Ref": "Group"},
                "FilterPattern": "ERROR",
                "MetricTransformations": [
                    {"MetricName": "Errors", "MetricNamespace": "Test", "MetricValue": 1, "DefaultValue": 0}
                ],
            },
        },
        "Board": {
            "Type": "AWS::CloudWatch::Dashboard",
            "Properties": {"DashboardName": "cfn-board", "DashboardBody": '{"widgets":[]}'},
        },
    }

    deploy(local_aws, "cfn-watching", resources)

    filters = local_aws.client("logs").describe_metric_filters(logGroupName="cfn-watched")["metricFilters"]
    assert [each["filterPattern"] for each in filters] == ["ERROR"]
    cloudwatch = local_aws.client("cloudwatch")
    assert cloudwatch.get_dashboard(DashboardName="cfn-board")["DashboardBody"] == '{"widgets":[]}'
    remove(local_aws, "cfn-watching")
    assert cloudwatch.list_dashboards(DashboardNamePrefix="cfn-board")["DashboardEntries"] == []


def test_unsupported_type_is_refused(local_aws: LocalAws) -> None:
    resources = {"Fleet": {"Type": "AWS::ECS::Cluster", "Properties": {}}}

    with pytest.raises((ClientError, WaiterError)) as refused:
        deploy(local_aws, "cfn-unsupported", resources)

    found = local_aws.client("cloudformation").describe_stacks(StackName="cfn-unsupported")["Stacks"]
    assert "AWS::ECS::Cluster" in str(refused.value) + str(found[0].get("StackStatusReason", ""))


def test_server_listens_on_loopback_only(local_aws: LocalAws) -> None:
    port = int(local_aws.endpoint.rpartition(":")[2])
    address = socket.gethostbyname(socket.gethostname())
    if address.startswith("127."):
        address = "127.0.0.2"  # loopback too, and another address than the one it listens on

    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex((address, port)) != 0
