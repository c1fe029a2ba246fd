from __future__ import annotations

from typing import Any

import boto3
import pytest

from slipway_localstack.cfn.arguments import PropertyUnknownError, arguments


@pytest.fixture(scope="module")
def batch() -> Any:
    return boto3.client("batch", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


def test_arguments_of_job_definition_have_the_names_and_types_of_the_api(batch: Any) -> None:
    properties = {
        "JobDefinitionName": "train",
        "Type": "container",
        "Parameters": {"InputPath": 3},
        "Tags": {"Project": "slipway"},
        "Timeout": {"AttemptDurationSeconds": "60"},
        "ContainerProperties": {
            "Image": "slipway/job:local",
            "Privileged": "false",
            "ReadonlyRootFilesystem": None,
            "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-group": "jobs"}},
            "Volumes": [{"Name": "data", "EfsVolumeConfiguration": {"FileSystemId": "fs-1"}}],
            "ResourceRequirements": [{"Type": "VCPU", "Value": 4}],
        },
    }

    found = arguments(batch, "register_job_definition", properties)

    assert found == {
        "jobDefinitionName": "train",
        "type": "container",
        "parameters": {"InputPath": "3"},
        "tags": {"Project": "slipway"},
        "timeout": {"attemptDurationSeconds": 60},
        "containerProperties": {
            "image": "slipway/job:local",
            "privileged": False,
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "jobs"}},
            "volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}],
            "resourceRequirements": [{"type": "VCPU", "value": "4"}],
        },
    }


def test_arguments_of_compute_environment_match_names_without_regard_to_case(batch: Any) -> None:
    found = arguments(batch, "create_compute_environment", {"UnmanagedvCpus": 3, "ComputeEnvironmentName": "x"})

    assert found == {"unmanagedvCpus": 3, "computeEnvironmentName": "x"}


def test_arguments_with_unknown_property_names_it_and_the_known_ones(batch: Any) -> None:
    with pytest.raises(PropertyUnknownError, match=r"property Prioriti of create_job_queue .*'priority'"):
        arguments(batch, "create_job_queue", {"Prioriti": 1})
