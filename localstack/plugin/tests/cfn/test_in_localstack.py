from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, WaiterError

from tests.cfn.stacks import deploy, describe, remove
from tests.conftest import LocalAws, eventually
from tests.executor.functions import Function, compiled, zipped

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

    found = describe(local_aws, "cfn-unsupported")
    assert "AWS::ECS::Cluster" in str(refused.value) + str(found.get("StackStatusReason", ""))


def test_server_listens_on_loopback_only(local_aws: LocalAws) -> None:
    port = int(local_aws.endpoint.rpartition(":")[2])
    address = socket.gethostbyname(socket.gethostname())
    if address.startswith("127."):
        address = "127.0.0.2"  # loopback too, and another address than the one it listens on

    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex((address, port)) != 0


def test_custom_resource_is_made_changed_replaced_and_removed(local_aws: LocalAws, tmp_path: Path) -> None:
    source = Path(__file__).parent / "java" / "CustomProvider.java"
    code = zipped(compiled(tmp_path, source))
    Function(local_aws, "cfn-provider").create(code, handler="CustomProvider")
    token = "arn:aws:lambda:us-east-1:000000000000:function:cfn-provider"
    outputs = {"Id": {"Ref": "Thing"}, "Answer": {"Fn::GetAtt": ["Thing", "Answer"]}}

    def thing(**properties: Any) -> dict[str, Any]:
        return {"Thing": {"Type": "Custom::Thing", "Properties": {"ServiceToken": token} | properties}}

    made = deploy(local_aws, "cfn-custom", thing(Name="a", Size=1), outputs)
    changed = deploy(local_aws, "cfn-custom", thing(Name="a", Size=2), outputs)
    replaced = deploy(local_aws, "cfn-custom", thing(Name="b", Size=2), outputs)
    with pytest.raises(WaiterError):
        deploy(local_aws, "cfn-custom", thing(Name="b", Size=3, Fail=True), outputs)
    reason = describe(local_aws, "cfn-custom")["StackStatusReason"]
    remove(local_aws, "cfn-custom")

    assert made == {"Id": "thing-a", "Answer": "Create 1, before none"}
    assert changed == {"Id": "thing-a", "Answer": "Update 2, before 1"}
    assert replaced == {"Id": "thing-b", "Answer": "Update 2, before 2"}
    assert "FAILED: as told" in reason
    expected = ["Create null", "Delete thing-a", "Delete thing-b", "Update thing-a", "Update thing-a", "Update thing-b"]
    assert eventually(lambda: sorted(found) if len(found := _asked(local_aws)) >= len(expected) else None) == expected


def _asked(aws: LocalAws) -> list[str]:
    found = aws.client("logs").filter_log_events(logGroupName="/aws/lambda/cfn-provider")["events"]
    lines = [line for each in found for line in each["message"].splitlines()]
    return [line for line in lines if line.split(" ")[0] in {"Create", "Update", "Delete"}]
