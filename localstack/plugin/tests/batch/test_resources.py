"""Compute environments, job queues, job definitions, scheduling policies and tags: shapes, rules, messages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.batch.desk import CONTAINER, RESOURCES, Desk

ARN = "arn:aws:batch:us-east-1:000000000000:"
REFUSED = "Error executing request, Exception : "


@pytest.fixture
def desk() -> Desk:
    return Desk().furnish()


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in RESOURCES.items() if key != name}


@pytest.mark.parametrize(
    ("resources", "message"),
    [
        (None, "computeResources must be provided"),
        (without("instanceRole"), "Instance role is required."),
        (without("minvCpus"), "Resource minvCpus is required."),
        (RESOURCES | {"instanceTypes": ["unknown"]}, "Instance type unknown does not exist."),
        (RESOURCES | {"minvCpus": 5}, "minvCpus must not exceed maxvCpus"),
        (RESOURCES | {"maxvCpus": 0}, "maxvCpus must be positive"),
        (RESOURCES | {"desiredvCpus": 9}, "desiredvCpus must be between"),
        (RESOURCES | {"subnets": []}, "At least 1 subnet must be provided."),
        (RESOURCES | {"type": "CLOUD"}, "must be one of EC2 | SPOT | FARGATE | FARGATE_SPOT"),
        (RESOURCES | {"type": "FARGATE"}, "must not be specified for Fargate resources"),
    ],
)
def test_wrong_compute_resources_are_refused(desk: Desk, resources: dict[str, Any] | None, message: str) -> None:
    request = {"computeEnvironmentName": "x", "type": "MANAGED"} | (
        {"computeResources": resources} if resources else {}
    )

    assert message in desk.refused("create_compute_environment", **request)
    assert desk.call("describe_compute_environments", computeEnvironments=["x"])["computeEnvironments"] == []


def test_environment_of_an_unknown_type_or_a_taken_name_is_refused(desk: Desk) -> None:
    unknown = desk.refused("create_compute_environment", computeEnvironmentName="x", type="UNMANGED")
    taken = desk.refused("create_compute_environment", computeEnvironmentName="ce", type="UNMANAGED")

    assert unknown.startswith(f"{REFUSED}ServiceRole is required.,")
    assert "Object already exists" in taken


def test_environment_is_deleted_only_when_disabled_and_unused(desk: Desk) -> None:
    assert "ENABLED" in desk.refused("delete_compute_environment", computeEnvironment="ce")
    desk.call("update_compute_environment", computeEnvironment="ce", state="DISABLED")
    used = desk.refused("delete_compute_environment", computeEnvironment="ce")
    assert used == "Cannot delete, found existing JobQueue relationship: q"

    desk.call("update_job_queue", jobQueue="q", state="DISABLED")
    desk.call("delete_job_queue", jobQueue="q")
    desk.call("delete_compute_environment", computeEnvironment="ce")

    assert desk.call("describe_compute_environments")["computeEnvironments"] == []
    assert desk.call("delete_compute_environment", computeEnvironment="ce") == {}


def test_environment_update_changes_what_it_names(desk: Desk) -> None:
    desk.call("update_compute_environment", computeEnvironment="ce", computeResources={"maxvCpus": 16})

    [found] = desk.call("describe_compute_environments", computeEnvironments=["ce"])["computeEnvironments"]

    assert found["computeResources"] == RESOURCES | {"maxvCpus": 16}
    assert (found["state"], found["status"], found["statusReason"]) == (
        "ENABLED",
        "VALID",
        "ComputeEnvironment Healthy",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"state": "JUNK"}, "state JUNK must be one of ENABLED | DISABLED"),
        ({"computeEnvironmentOrder": []}, "At least 1 compute environment must be provided"),
        (
            {"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "no"}]},
            "Compute environment no in computeEnvironmentOrder does not exist",
        ),
        (
            {"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": f"{ARN}compute-environment/no"}]},
            "computeEnvironmentOrder is malformed",
        ),
        ({"computeEnvironmentOrder": [{"order": 1, "computeEnvironment": "ce"}] * 4}, "At most 3"),
        ({"priority": -1}, "priority must be between 0 and"),
        ({"jobQueueName": "q"}, "Job queue q already exists"),
        ({"jobQueueName": "a b"}, "must match the pattern"),
        ({"schedulingPolicyArn": f"{ARN}scheduling-policy/none"}, "does not exist"),
        ({"jobStateTimeLimitActions": [{"reason": "r"}]}, "jobStateTimeLimitActions[0].state must be provided"),
    ],
)
def test_wrong_queue_is_refused(desk: Desk, change: dict[str, Any], message: str) -> None:
    order = [{"order": 1, "computeEnvironment": "ce"}]
    request = {"jobQueueName": "new", "priority": 1, "computeEnvironmentOrder": order}

    assert message in desk.refused("create_job_queue", **(request | change))


def test_queue_of_ec2_and_fargate_together_is_refused(desk: Desk) -> None:
    fargate = {"type": "FARGATE", "maxvCpus": 4, "subnets": ["s"], "securityGroupIds": ["g"]}
    desk.call("create_compute_environment", computeEnvironmentName="f", type="MANAGED", computeResources=fargate)
    order = [{"order": index, "computeEnvironment": name} for index, name in enumerate(("ce", "f"))]

    message = desk.refused("create_job_queue", jobQueueName="x", priority=1, computeEnvironmentOrder=order)

    assert "must not mix" in message


def test_queue_is_deleted_only_when_disabled_and_its_jobs_end_with_it(desk: Desk) -> None:
    assert "ENABLED" in desk.refused("delete_job_queue", jobQueue="q")
    job = desk.submit()
    desk.call("update_job_queue", jobQueue="q", state="DISABLED")

    desk.call("delete_job_queue", jobQueue="q")

    assert desk.call("describe_job_queues")["jobQueues"] == []
    assert desk.status(job) == "FAILED"
    assert desk.call("delete_job_queue", jobQueue="q") == {}


def test_queue_is_found_by_name_and_by_arn(desk: Desk) -> None:
    for reference in ("q", f"{ARN}job-queue/q"):
        [found] = desk.call("describe_job_queues", jobQueues=[reference])["jobQueues"]
        assert found["computeEnvironmentOrder"] == [{"order": 0, "computeEnvironment": f"{ARN}compute-environment/ce"}]
    assert desk.call("describe_job_queues", jobQueues=[f"{ARN}compute-environment/q"])["jobQueues"] == []


def test_definition_gets_a_new_revision_each_time_and_jobs_the_newest_active_one(desk: Desk) -> None:
    second, third = desk.define("d"), desk.define("d")
    assert (second, third) == (f"{ARN}job-definition/d:2", f"{ARN}job-definition/d:3")

    desk.call("deregister_job_definition", jobDefinition="d:3")

    assert desk.job(desk.submit())["jobDefinition"] == second
    assert desk.job(desk.submit(jobDefinition="d:1"))["jobDefinition"] == f"{ARN}job-definition/d:1"
    request = {"jobName": "j", "jobQueue": "q"}
    assert "INACTIVE" in desk.refused("submit_job", **request, jobDefinition="d:3")
    assert "does not exist" in desk.refused("submit_job", **request, jobDefinition="d:9")
    assert "does not exist" in desk.refused("submit_job", **request, jobDefinition="none")
    assert desk.define("d") == f"{ARN}job-definition/d:4"


def test_definitions_are_described_by_name_status_and_reference(desk: Desk) -> None:
    desk.define("d")
    desk.define("e")
    desk.call("deregister_job_definition", jobDefinition=f"{ARN}job-definition/d:1")

    def described(**request: Any) -> list[str]:
        found = desk.call("describe_job_definitions", **request)["jobDefinitions"]
        return [f"{each['jobDefinitionName']}:{each['revision']}" for each in found]

    assert described() == ["d:1", "d:2", "e:1"]
    assert described(status="ACTIVE") == ["d:2", "e:1"]
    assert described(jobDefinitionName="d", status="INACTIVE") == ["d:1"]
    assert described(jobDefinitions=["d:2", f"{ARN}job-definition/e:1", "none"]) == ["d:2", "e:1"]
    assert described(jobDefinitions=["d"]) == ["d:1", "d:2"]
    assert described(maxResults=1) == ["d:1"]
    for other in ({"status": "ACTIVE"}, {"jobDefinitionName": "d"}):
        assert "can't be used together" in desk.refused("describe_job_definitions", jobDefinitions=["d:1"], **other)


def test_deregister_needs_a_revision(desk: Desk) -> None:
    assert "with its revision" in desk.refused("deregister_job_definition", jobDefinition="d")
    assert "does not exist" in desk.refused("deregister_job_definition", jobDefinition="d:9")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"image": ""}, "containerProperties must contain image"),
        ({"memory": None}, "containerProperties must contain memory"),
        ({"vcpus": None}, "containerProperties must contain vcpus"),
        ({"memory": 3}, "container memory limit must be at least 4 MiB"),
        ({"vcpus": 0}, "container vcpus limit must be greater than 0"),
        ({"resourceRequirements": [{"type": "TPU", "value": "1"}]}, "must be one of GPU | VCPU | MEMORY"),
        ({"resourceRequirements": [{"type": "VCPU", "value": "many"}]}, "must be a number"),
        ({"resourceRequirements": [{"type": "GPU", "value": "1"}] * 2}, "only once"),
        ({"environment": [{"name": "AWS_BATCH_MINE", "value": "x"}]}, "must not start with AWS_BATCH"),
    ],
)
def test_wrong_container_is_refused(desk: Desk, change: dict[str, Any], message: str) -> None:
    request = {"jobDefinitionName": "x", "type": "container", "containerProperties": CONTAINER | change}

    assert message in desk.refused("register_job_definition", **request)
    assert desk.call("describe_job_definitions", jobDefinitionName="x")["jobDefinitions"] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "vm"}, "type vm must be one of container | multinode"),
        ({"jobDefinitionName": "a:b"}, "must match the pattern"),
        ({"timeout": {"attemptDurationSeconds": 59}}, "timeout.attemptDurationSeconds must be at least 60"),
        ({"platformCapabilities": ["CLOUD"]}, "must be one of EC2 | FARGATE"),
        ({"schedulingPriority": 10_000}, "between 0 and 9999"),
        ({"containerProperties": None}, "exactly one of containerProperties"),
        ({"type": "multinode"}, "containerProperties is not allowed for a multinode job definition"),
    ],
)
def test_wrong_definition_is_refused(desk: Desk, change: dict[str, Any], message: str) -> None:
    request = {"jobDefinitionName": "x", "type": "container", "containerProperties": CONTAINER}

    assert message in desk.refused("register_job_definition", **(request | change))


def test_definition_shows_defaults_as_aws_does(desk: Desk) -> None:
    desk.define("x", retryStrategy={"attempts": 2, "evaluateOnExit": [{"onReason": "*", "action": "EXIT"}]})
    desk.define("y", platformCapabilities=["FARGATE"], propagateTags=True)

    [plain] = desk.call("describe_job_definitions", jobDefinitionName="x")["jobDefinitions"]
    [fargate] = desk.call("describe_job_definitions", jobDefinitionName="y")["jobDefinitions"]

    assert plain["retryStrategy"]["evaluateOnExit"] == [{"onReason": "*", "action": "exit"}]
    assert plain["containerProperties"]["resourceRequirements"] == []
    assert {"timeout", "propagateTags", "platformCapabilities"}.isdisjoint(plain)
    assert fargate["containerProperties"]["fargatePlatformConfiguration"] == {"platformVersion": "LATEST"}
    assert fargate["propagateTags"] is True


def test_scheduling_policy_lives_and_is_kept_while_a_queue_uses_it(desk: Desk) -> None:
    arn = desk.call("create_scheduling_policy", name="fair", tags={"a": "1"})["arn"]
    desk.call("update_scheduling_policy", arn=arn, fairsharePolicy={"shareDecaySeconds": 60})
    [policy] = desk.call("describe_scheduling_policies", arns=[arn, f"{arn}x"])["schedulingPolicies"]
    share = {"shareDecaySeconds": 60, "computeReservation": 0, "shareDistribution": []}
    assert policy == {"name": "fair", "arn": arn, "fairsharePolicy": share, "tags": {"a": "1"}}
    assert desk.call("list_scheduling_policies")["schedulingPolicies"] == [{"arn": arn}]
    assert "already exists" in desk.refused("create_scheduling_policy", name="fair")

    desk.queue("fair", "ce", schedulingPolicyArn=arn)
    assert "used by job queue fair" in desk.refused("delete_scheduling_policy", arn=arn)
    desk.call("update_job_queue", jobQueue="fair", state="DISABLED")
    desk.call("delete_job_queue", jobQueue="fair")
    desk.call("delete_scheduling_policy", arn=arn)

    assert desk.call("list_scheduling_policies")["schedulingPolicies"] == []


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"shareDecaySeconds": 604_801}, "shareDecaySeconds must be between 0 and 604800"),
        ({"computeReservation": 100}, "computeReservation must be between 0 and 99"),
        ({"shareDistribution": [{"shareIdentifier": "a b"}]}, "must match the pattern"),
        ({"shareDistribution": [{"shareIdentifier": "a", "weightFactor": 1000}]}, "weightFactor must be between"),
    ],
)
def test_wrong_scheduling_policy_is_refused(desk: Desk, policy: dict[str, Any], message: str) -> None:
    assert message in desk.refused("create_scheduling_policy", name="x", fairsharePolicy=policy)


def test_every_kind_of_resource_carries_tags(desk: Desk) -> None:
    policy = desk.call("create_scheduling_policy", name="fair")["arn"]
    job = desk.job(desk.submit(tags={"first": "1"}))["jobArn"]

    for arn in (f"{ARN}compute-environment/ce", f"{ARN}job-queue/q", f"{ARN}job-definition/d:1", policy, job):
        desk.call("tag_resource", resourceArn=arn, tags={"first": "one", "second": "2"})
        desk.call("tag_resource", resourceArn=arn, tags={"third": "3"})
        desk.call("untag_resource", resourceArn=arn, tagKeys=["second", "unknown"])
        assert desk.call("list_tags_for_resource", resourceArn=arn)["tags"] == {"first": "one", "third": "3"}


@pytest.mark.parametrize(
    ("arn", "tags", "message"),
    [
        (f"{ARN}job-queue/none", {"a": "1"}, "does not exist"),
        ("q", {"a": "1"}, "must be an ARN"),
        (f"{ARN}job-queue/q", {"aws:mine": "1"}, "must not start with aws:"),
        (f"{ARN}job-queue/q", {"k" * 129: "1"}, "1-128 characters"),
        (f"{ARN}job-queue/q", {"a": "v" * 257}, "at most 256 characters"),
    ],
)
def test_wrong_tags_are_refused(desk: Desk, arn: str, tags: dict[str, str], message: str) -> None:
    assert message in desk.refused("tag_resource", resourceArn=arn, tags=tags)
