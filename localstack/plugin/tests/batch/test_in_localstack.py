"""Jobs in a real LocalStack: processes, logs, events, Step Functions."""

from __future__ import annotations

import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from slipway_localstack.processes import marked, session_members, start_ticks
from tests.batch.jobs import Queue
from tests.conftest import LocalAws, eventually, run_control

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


def execution(queue: Queue, code: str, job_queue: str | None = None, **parameters: Any) -> str:
    """Start a state machine that waits for a job with that exit code."""
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::batch:submitJob.sync",
        "Parameters": {
            "JobName": "from-states",
            "JobQueue": job_queue or queue.name,
            "JobDefinition": queue.name,
            "ContainerOverrides": {"Environment": [{"Name": "CODE", "Value.$": "$.code"}]},
        }
        | parameters,
        "End": True,
    }
    states = queue.aws.client("stepfunctions")
    machine = states.create_state_machine(
        name=f"batch-{job_queue or queue.name}-{code}",
        definition=json.dumps({"StartAt": "Run", "States": {"Run": task}}),
        roleArn="arn:aws:iam::000000000000:role/states",
    )["stateMachineArn"]
    return str(states.start_execution(stateMachineArn=machine, input=json.dumps({"code": code}))["executionArn"])


def execution_of(queue: Queue, code: str, job_queue: str | None = None) -> dict[str, Any]:
    """Run a state machine that waits for a job with that exit code, to its end."""
    states, arn = queue.aws.client("stepfunctions"), execution(queue, code, job_queue)

    def ended() -> dict[str, Any] | None:
        found: dict[str, Any] = states.describe_execution(executionArn=arn)
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


def test_stopped_execution_ends_its_job(queue: Queue) -> None:
    queue.define("sleep 600")
    arn = execution(queue, "stopped", JobName="waits-for-long", PropagateTags=True)

    def listed() -> list[dict[str, Any]]:
        names = [{"name": "JOB_NAME", "values": ["waits-for-long"]}]
        found: list[dict[str, Any]] = queue.client.list_jobs(jobQueue=queue.name, filters=names)["jobSummaryList"]
        return [job for job in found if job["status"] == "RUNNING"]

    [job] = eventually(listed)

    queue.aws.client("stepfunctions").stop_execution(executionArn=arn)

    ended = queue.reach(job["jobId"], "FAILED")
    assert ended["statusReason"].startswith("Terminated because the Step Functions execution")
    assert ended["propagateTags"] is True


def test_state_machine_learns_that_no_machine_came_in_time(queue: Queue) -> None:
    queue.define("exit 0")
    no_capacity = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"
    limit = {"reason": no_capacity, "state": "RUNNABLE", "maxTimeSeconds": 900, "action": "CANCEL"}
    queue.client.create_job_queue(
        jobQueueName="stuck",
        priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": queue.name}],
        jobStateTimeLimitActions=[limit],
    )
    settings(queue.aws, no_capacity=["stuck"], longest_state_limit_seconds=1)

    done = execution_of(queue, "0", "stuck")

    assert done["status"] == "FAILED"
    assert json.loads(done["cause"])["StatusReason"].endswith(no_capacity)


def settings(aws: LocalAws, **values: Any) -> dict[str, Any]:
    """Change settings of Batch by HTTP; return all that are in force."""
    body = json.dumps(values).encode()
    request = urllib.request.Request(f"{aws.endpoint}/_slipway/batch/settings", body, method="PUT")
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def test_array_children_run_with_their_index(queue: Queue) -> None:
    queue.define("echo child $AWS_BATCH_JOB_ARRAY_INDEX")

    array = queue.submit(arrayProperties={"size": 3})
    parent = queue.reach(array, "SUCCEEDED")

    assert parent["arrayProperties"]["statusSummary"]["SUCCEEDED"] == 3
    children = queue.client.list_jobs(arrayJobId=array)["jobSummaryList"]
    printed = [queue.lines(queue.job(child["jobId"])) for child in children]
    assert printed == [["child 0"], ["child 1"], ["child 2"]]


def test_dependent_job_runs_after_the_other_with_its_parameters(queue: Queue) -> None:
    queue.define("echo done")
    container = {"image": "unmapped", "vcpus": 1, "memory": 128, "command": ["echo", "Ref::who", "Ref::what"]}
    queue.client.register_job_definition(
        jobDefinitionName="greets",
        type="container",
        containerProperties=container,
        parameters={"who": "nobody", "what": "sleeps"},
    )

    first = queue.submit()
    second = queue.submit(jobDefinition="greets", parameters={"who": "world"}, dependsOn=[{"jobId": first}])
    done = queue.reach(second, "SUCCEEDED")

    assert queue.lines(done) == ["world sleeps"]
    assert queue.job(first)["stoppedAt"] <= done["startedAt"]


def test_attempts_are_repeated_by_exit_code(queue: Queue) -> None:
    rules = [{"onExitCode": "7*", "action": "RETRY"}, {"onReason": "*", "action": "EXIT"}]
    queue.define("exit 7$AWS_BATCH_JOB_ATTEMPT", retryStrategy={"attempts": 3, "evaluateOnExit": rules})

    job = queue.reach(queue.submit(), "FAILED")

    assert [attempt["container"]["exitCode"] for attempt in job["attempts"]] == [71, 72, 73]


def test_queue_without_capacity_lets_a_job_wait_and_be_cancelled(queue: Queue) -> None:
    queue.define("exit 0")
    settings(queue.aws, no_capacity=[queue.name])
    try:
        job_id = queue.submit()
        waiting = queue.reach(job_id, "RUNNABLE")
        assert waiting["statusReason"].startswith("CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY")
        queue.client.cancel_job(jobId=job_id, reason="go to the other queue")
    finally:
        settings(queue.aws, no_capacity=[])

    assert queue.reach(job_id, "FAILED")["statusReason"] == "go to the other queue"


def test_terminated_job_ends_with_all_its_processes(queue: Queue) -> None:
    queue.define("echo $$; sleep 600 & sleep 600")
    job_id = queue.submit()
    job = queue.reach(job_id, "RUNNING")
    [line] = eventually(lambda: queue.lines(job))
    assert session_members(int(line))

    queue.client.terminate_job(jobId=job_id, reason="enough")
    ended = queue.reach(job_id, "FAILED")

    assert ended["statusReason"] == "enough"
    assert session_members(int(line)) == []


def test_refusal_has_the_code_and_status_of_aws(queue: Queue) -> None:
    with pytest.raises(ClientError) as caught:
        queue.client.submit_job(jobName="a.b", jobQueue=queue.name, jobDefinition=queue.name)

    assert caught.value.response["Error"]["Code"] == "ClientException"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_job_that_a_killed_localstack_left_is_ended_by_the_next_start(start_local_aws: Callable[[], LocalAws]) -> None:
    aws = start_local_aws()
    queue = Queue(aws, "left")
    queue.define("echo $$; sleep 600 & setsid sleep 600 & sleep 600")
    job = queue.reach(queue.submit(), "RUNNING")
    [line] = eventually(lambda: queue.lines(job))
    left = marked(str(aws.home))
    assert int(line) in left
    server = int(json.loads((aws.home / "localstack" / "localstack.pid.json").read_text())["pid"])

    os.kill(server, signal.SIGKILL)
    eventually(lambda: start_ticks(server) is None)
    # The kernel ends the job's first process with its parent, not what that one started.
    assert marked(str(aws.home))
    done = run_control("start", aws.home, int(aws.endpoint.rpartition(":")[2]))

    assert done.returncode == 0, done.stderr
    assert set(left) & set(marked(str(aws.home))) == set()
    assert queue.client.describe_job_queues()["jobQueues"] == []


def test_stop_ends_the_jobs_that_run(start_local_aws: Callable[[], LocalAws]) -> None:
    aws = start_local_aws()
    queue = Queue(aws, "stopped")
    queue.define("trap '' TERM; echo up; sleep 600 & setsid sleep 600 & while :; do sleep 1; done")
    job = queue.reach(queue.submit(), "RUNNING")
    eventually(lambda: queue.lines(job))
    left = set(marked(str(aws.home)))

    run_control("stop", aws.home, int(aws.endpoint.rpartition(":")[2]))

    assert left
    assert left & set(marked(str(aws.home))) == set()


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/v1/submitjob", b"{", 400, "not JSON"),
        ("/v1/submitjob", b'{"jobName": ["a"]}', 400, "jobName must be a string, found a list"),
        ("/v1/listservicejobs", b"{}", 400, "not part of this local AWS"),
        ("/v1/nothing", b"{}", 404, "no operation at POST /v1/nothing"),
    ],
)
def test_request_that_fits_no_operation_is_the_callers_mistake(
    local_aws: LocalAws, path: str, body: bytes, status: int, said: str
) -> None:
    credential = "Credential=test/20260101/us-east-1/batch/aws4_request, SignedHeaders=host, Signature=none"
    headers = {"Authorization": f"AWS4-HMAC-SHA256 {credential}", "Content-Type": "application/json"}
    request = urllib.request.Request(local_aws.endpoint + path, body, headers)

    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)

    assert caught.value.code == status
    assert said in json.load(caught.value)["message"]
