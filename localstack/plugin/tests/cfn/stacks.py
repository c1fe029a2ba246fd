"""Deploys and removes stacks, for tests that start LocalStack."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from tests.conftest import LocalAws

_PATIENCE = {"Delay": 1, "MaxAttempts": 60}


def deploy(
    aws: LocalAws, name: str, resources: dict[str, Any], outputs: dict[str, Any] | None = None
) -> dict[str, str]:
    """Create or update a stack, wait, and return its outputs; raises botocore's WaiterError when it fails."""
    cloudformation = aws.client("cloudformation")
    template: dict[str, Any] = {"Resources": resources}
    if outputs:
        template["Outputs"] = {key: {"Value": value} for key, value in outputs.items()}
    verb = "update" if exists(aws, name) else "create"
    getattr(cloudformation, f"{verb}_stack")(StackName=name, TemplateBody=json.dumps(template))
    cloudformation.get_waiter(f"stack_{verb}_complete").wait(StackName=name, WaiterConfig=_PATIENCE)
    found = describe(aws, name).get("Outputs", [])
    return {each["OutputKey"]: each["OutputValue"] for each in found}


def describe(aws: LocalAws, name: str) -> dict[str, Any]:
    """Return DescribeStacks' view of a stack."""
    stack: dict[str, Any] = aws.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    return stack


def exists(aws: LocalAws, name: str) -> bool:
    """Tell whether there is such a stack."""
    try:
        describe(aws, name)
    except ClientError:
        return False
    return True


def remove(aws: LocalAws, name: str) -> None:
    """Delete a stack and wait."""
    cloudformation = aws.client("cloudformation")
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=_PATIENCE)


def parameter(name: str, value: str) -> dict[str, Any]:
    """Return the simplest resource there is."""
    return {"Type": "AWS::SSM::Parameter", "Properties": {"Name": name, "Type": "String", "Value": value}}
