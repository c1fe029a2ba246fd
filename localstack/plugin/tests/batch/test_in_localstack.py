"""Jobs in a real LocalStack: processes, logs, events, Step Functions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.batch.jobs import Queue
from tests.conftest import LocalAws, eventually

pytestmark = pytest.mark.localstack


@pytest.fixture(scope="module")
def queue(local_aws: LocalAws) -> Queue:
    return Queue(local_aws, "runs")


@pytest.fixture
def state_changes(local_aws: LocalAws) -> Iterator[Any]:
    """A function that returns the state changes (job id, state) that EventBridge has delivered so far."""
    sqs, events = local_aws.client("sqs"), local_aws.client("events")
    url = sqs.create_queue(QueueName="batch-events")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = {"source": ["aws.batch"], "detail-type": ["Batch Job State Change"]}
    events.put_rule(Name="batch-events", EventPattern=json.dumps(pattern))
    events.put_targets(Rule="batch-events", Targets=[{"Id": "1", "Arn": arn}])
    received: set[tuple[str, str]] = set()

    def receive() -> set[tuple[str, str]]:
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            detail = json.loads(message["Body"])["detail"]
            received.add((detail["jobId"], detail["status"]))
        return received

    yield receive
    events.remove_targets(Rule="batch-events", Ids=["1"])
    events.delete_rule(Name="batch-events")
    sqs.delete_queue(QueueUrl=url)


def test_job_runs_as_process_with_the_variables_of_batch(queue: Queue) -> None:
    queue.define("env | grep ^AWS_ | sort; echo done $WHO; exit 0")

    job_id = queue.submit(containerOverrides={"environment": [{"name": "WHO", "value": "me"}]})
    job = queue.reach(job_id, "SUCCEEDED")

    printed = queue.lines(job)
    assert printed[-1] == "done me"
    assert f"AWS_BATCH_JOB_ID={job_id}" in printed
    assert "AWS_BATCH_JOB_ATTEMPT=1" in printed
    assert "AWS_BATCH_JQ_NAME=runs" in printed
    assert "AWS_BATCH_CE_NAME=runs" in printed
    assert f"AWS_ENDPOINT_URL={queue.aws.endpoint}" in printed
    assert any(line.startswith("AWS_SECRET_ACCESS_KEY=") for line in printed)
    assert job["container"]["exitCode"] == 0
    assert job["createdAt"] <= job["startedAt"] <= job["stoppedAt"]
    assert job["attempts"][0]["container"]["logStreamName"] == job["container"]["logStreamName"]


def test_job_announces_every_state(queue: Queue, state_changes: Any) -> None:
    queue.define("exit 3")

    job_id = queue.submit()
    job = queue.reach(job_id, "FAILED")

    assert job["container"]["exitCode"] == 3
    assert job["statusReason"] == "Essential container in task exited"
    expected = {(job_id, each) for each in ("SUBMITTED", "RUNNABLE", "STARTING", "RUNNING", "FAILED")}
    eventually(lambda: expected <= state_changes())


def execution_of(queue: Queue, code: str) -> dict[str, Any]:
    """Run a state machine that waits for a job with that exit code, to its end."""
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::batch:submitJob.sync",
        "Parameters": {
            "JobName": "from-states",
            "JobQueue": queue.name,
            "JobDefinition": queue.name,
            "ContainerOverrides": {"Environment": [{"Name": "CODE", "Value.$": "$.code"}]},
        },
        "End": True,
    }
    states = queue.aws.client("stepfunctions")
    machine = states.create_state_machine(
        name=f"batch-{code}",
        definition=json.dumps({"StartAt": "Run", "States": {"Run": task}}),
        roleArn="arn:aws:iam::000000000000:role/states",
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine, input=json.dumps({"code": code}))["executionArn"]

    def ended() -> dict[str, Any] | None:
        found: dict[str, Any] = states.describe_execution(executionArn=execution)
        return None if found["status"] == "RUNNING" else found

    found = eventually(ended)
    assert found is not None
    return found


def test_state_machine_gets_the_job_that_it_waited_for(queue: Queue) -> None:
    queue.define("exit $CODE")

    done = execution_of(queue, "0")

    assert done["status"] == "SUCCEEDED"
    assert json.loads(done["output"])["Status"] == "SUCCEEDED"


def test_state_machine_fails_with_the_failed_job_as_cause(queue: Queue) -> None:
    queue.define("exit $CODE")

    done = execution_of(queue, "7")

    assert (done["status"], done["error"]) == ("FAILED", "States.TaskFailed")
    assert json.loads(done["cause"])["Container"]["ExitCode"] == 7
