"""What a job gets from its definition, from the request and from Batch: command, variables, limits."""

from __future__ import annotations

from typing import Any

import pytest

from slipway_localstack.batch.job_environment import process_environment
from slipway_localstack.batch.names import Place
from slipway_localstack.batch.references import substitute
from tests.batch.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk().furnish()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["train", "--run", "Ref::run"], ["train", "--run", "s3://b/run.json"]),
        (["Ref::run", "Ref::run"], ["s3://b/run.json"] * 2),
        (["Ref::unknown"], ["Ref::unknown"]),
        (["--run=Ref::run"], ["--run=Ref::run"]),
        (["ref::run"], ["ref::run"]),
    ],
)
def test_substitute_replaces_whole_arguments(command: list[str], expected: list[str]) -> None:
    assert substitute(command, {"run": "s3://b/run.json"}) == expected


def test_parameters_of_the_job_win_over_the_defaults_of_the_definition(desk: Desk) -> None:
    desk.define("d", {"command": ["echo", "Ref::a", "Ref::b"]}, parameters={"a": "1", "b": "2"})

    job = desk.job(desk.submit(parameters={"b": "two", "c": "3"}))

    assert job["parameters"] == {"a": "1", "b": "two", "c": "3"}
    assert job["container"]["command"] == ["echo", "1", "two"]


def test_parameters_reach_an_overridden_command(desk: Desk) -> None:
    job = desk.job(desk.submit(parameters={"a": "1"}, containerOverrides={"command": ["sleep", "Ref::a"]}))

    assert job["container"]["command"] == ["sleep", "1"]


def test_overrides_replace_by_name_and_type_and_keep_the_rest(desk: Desk) -> None:
    needs = [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "512"}]
    variables = [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    desk.define("d", {"environment": variables, "resourceRequirements": needs})

    container = desk.job(
        desk.submit(
            containerOverrides={
                "environment": [{"name": "B", "value": "two"}, {"name": "C", "value": "3"}],
                "resourceRequirements": [{"type": "MEMORY", "value": "1024"}],
            }
        )
    )["container"]

    expected = [{"name": "A", "value": "1"}, {"name": "B", "value": "two"}, {"name": "C", "value": "3"}]
    assert container["environment"] == expected
    assert container["resourceRequirements"] == [needs[0], {"type": "MEMORY", "value": "1024"}]


def test_old_style_overrides_change_the_old_fields(desk: Desk) -> None:
    container = desk.job(desk.submit(containerOverrides={"vcpus": 2, "memory": 1024}))["container"]

    assert (container["vcpus"], container["memory"]) == (2, 1024)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"jobName": "with.dot"}, "must match the pattern"),
        ({"jobName": "-first"}, "must match the pattern"),
        ({"jobName": "a" * 129}, "must match the pattern"),
        ({"jobName": ""}, "'jobName' is a required field"),
        ({"jobQueue": "none"}, "Job queue none does not exist"),
        ({"jobDefinition": ""}, "'jobDefinition' is a required field"),
        ({"timeout": {"attemptDurationSeconds": 59}}, "at least 60"),
        ({"containerOverrides": {"environment": [{"name": "AWS_BATCH_X"}]}}, "must not start with AWS_BATCH"),
        ({"schedulingPriorityOverride": 10_000}, "between 0 and 9999"),
    ],
)
def test_wrong_request_is_refused(desk: Desk, change: dict[str, Any], message: str) -> None:
    assert message in desk.refused("submit_job", **({"jobName": "j", "jobQueue": "q", "jobDefinition": "d"} | change))


def test_timeout_of_the_job_wins_over_that_of_the_definition(desk: Desk) -> None:
    desk.define("d", timeout={"attemptDurationSeconds": 100})

    assert desk.job(desk.submit())["timeout"] == {"attemptDurationSeconds": 100}
    own = desk.submit(timeout={"attemptDurationSeconds": 200})
    assert desk.job(own)["timeout"] == {"attemptDurationSeconds": 200}


def test_tags_and_their_propagation_are_shown(desk: Desk) -> None:
    desk.define("d", propagateTags=True)

    inherited = desk.job(desk.submit(tags={"team": "a"}))
    own = desk.job(desk.submit(propagateTags=False))

    assert (inherited["tags"], inherited["propagateTags"]) == ({"team": "a"}, True)
    assert own["propagateTags"] is False


def variables_of(desk: Desk, job_id: str, host: dict[str, str]) -> dict[str, str]:
    desk.tick()
    run = desk.runs[job_id]
    return process_environment(run.job, run.attempt, "ce", "http://127.0.0.1:4566", "/folder", host)


def test_process_gets_the_variables_of_batch_and_of_this_aws_and_nothing_else_of_the_host(desk: Desk) -> None:
    job_id = desk.submit(containerOverrides={"environment": [{"name": "OWN", "value": "x"}]})

    found = variables_of(desk, job_id, {"PATH": "/bin", "JAVA_HOME": "/jdk", "SECRET": "s"})

    assert found == {
        "PATH": "/bin",
        "JAVA_HOME": "/jdk",
        "OWN": "x",
        "TMPDIR": "/folder",
        "SLIPWAY_JOB_VCPUS": "1",
        "SLIPWAY_JOB_MEMORY_MIB": "128",
        "AWS_ACCESS_KEY_ID": "000000000000",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:4566",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:4566",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_BATCH_JOB_ID": job_id,
        "AWS_BATCH_JOB_ATTEMPT": "1",
        "AWS_BATCH_JQ_NAME": "q",
        "AWS_BATCH_CE_NAME": "ce",
    }


def test_child_of_an_array_knows_its_index_and_the_size(desk: Desk) -> None:
    array = desk.submit(arrayProperties={"size": 2})

    found = variables_of(desk, f"{array}:1", {})

    assert (found["AWS_BATCH_JOB_ARRAY_INDEX"], found["AWS_BATCH_JOB_ARRAY_SIZE"]) == ("1", "2")
    assert found["AWS_BATCH_JOB_ID"] == f"{array}:1"


def test_pod_of_a_job_has_defaults_and_overrides() -> None:
    desk = Desk().furnish()
    pod = {"containers": [{"image": "i", "command": ["a"], "env": [{"name": "X", "value": "1"}]}]}
    definition = {"jobDefinitionName": "pod", "type": "container"}
    desk.call("register_job_definition", **definition, eksProperties={"podProperties": pod})
    change = {"containers": [{"args": ["b"], "env": [{"name": "Y", "value": "2"}]}]}

    job = desk.job(desk.submit(jobDefinition="pod", eksPropertiesOverride={"podProperties": change}))

    [container] = job["eksProperties"]["podProperties"]["containers"]
    assert container["env"] == [{"name": "X", "value": "1"}, {"name": "Y", "value": "2"}]
    assert job["container"]["command"] == ["a", "b"]
    message = desk.refused("register_job_definition", **definition, eksProperties={"podProperties": {"containers": []}})
    assert "at least one container" in message


def test_arns_follow_the_region() -> None:
    assert Place("123456789012", "eu-west-1").arn("job", "1") == "arn:aws:batch:eu-west-1:123456789012:job/1"
    assert Place("1", "cn-north-1").arn("job", "1").startswith("arn:aws-cn:")
