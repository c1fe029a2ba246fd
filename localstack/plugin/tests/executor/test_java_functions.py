"""Java functions in a real LocalStack."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from slipway_localstack.processes import start_ticks
from tests.conftest import LocalAws, eventually
from tests.executor.functions import SOURCES, Function, compiled, zipped

pytestmark = pytest.mark.localstack
_MB = 1024 * 1024


@pytest.fixture(scope="session")
def sample(local_aws: LocalAws, sample_code: bytes) -> Function:
    return Function(local_aws, "sample").create(sample_code)


def test_invoke_twice_uses_one_process(sample: Function) -> None:
    first, second = sample.invoke(), sample.invoke()

    assert first.error is None
    assert first.payload["pid"] == second.payload["pid"]
    assert second.payload["calls"] == first.payload["calls"] + 1
    assert second.payload["arn"].endswith(":function:sample:$LATEST")


def test_environment_of_function_has_real_folders_and_endpoint(sample: Function, local_aws: LocalAws) -> None:
    found = sample.invoke().payload["environment"]

    assert found["AWS_ENDPOINT_URL"] == local_aws.endpoint
    assert (Path(found["LAMBDA_TASK_ROOT"]) / "Sample.class").is_file()
    assert Path(found["SLIPWAY_OPT_ROOT"]).is_dir()
    assert Path(found["TMPDIR"]).is_dir()
    assert found["AWS_EXECUTION_ENV"] == "AWS_Lambda_java25"
    assert "SLIPWAY_HOME" not in found, "the host's variables must not leak"


def test_memory_of_function_limits_heap(local_aws: LocalAws, sample_code: bytes) -> None:
    function = Function(local_aws, "small").create(sample_code, MemorySize=128)

    assert function.invoke().payload["maxHeap"] < 128 * _MB


def test_tail_of_invocation_has_start_end_report(sample: Function) -> None:
    log = sample.invoke(do="print", text="hello").log

    lines = [line for line in log.splitlines() if line]
    assert "Version: $LATEST" in next(line for line in lines if line.startswith("START RequestId: "))
    assert lines[-3] == "hello"
    assert lines[-2].startswith("END RequestId: ")
    assert lines[-1].startswith("REPORT RequestId: ")
    assert "Memory Size: 256 MB" in lines[-1]


def test_logs_of_invocation_are_in_cloud_watch_logs(sample: Function, local_aws: LocalAws) -> None:
    sample.invoke(do="print", text="a line for the log group")
    logs = local_aws.client("logs")

    def messages() -> list[str]:
        found = logs.filter_log_events(logGroupName="/aws/lambda/sample")["events"]
        return [event["message"] for event in found if "a line for the log group" in event["message"]]

    assert eventually(messages)


def test_exception_in_handler_is_answered_as_aws_does(sample: Function) -> None:
    answer = sample.invoke(do="throw")

    assert answer.error == "Unhandled"
    assert answer.payload["errorType"] == "java.lang.IllegalArgumentException"
    assert answer.payload["errorMessage"] == "bad event"
    assert answer.payload["stackTrace"]


def test_crash_in_handler_is_reported_and_process_restarted(sample: Function) -> None:
    before = sample.invoke().payload["pid"]

    crash = sample.invoke(do="exit")
    after = sample.invoke()

    assert crash.error == "Unhandled"
    assert crash.payload["errorType"] == "Runtime.ExitError"
    assert crash.payload["errorMessage"].endswith("Error: Runtime exited with error: exit status 7")
    assert "leaving" in crash.log
    assert after.error is None
    assert after.payload["pid"] != before
    assert after.payload["calls"] == 1


def test_time_out_of_handler_kills_process(local_aws: LocalAws, sample_code: bytes) -> None:
    function = Function(local_aws, "slow").create(sample_code, Timeout=1)
    pid = function.invoke().payload["pid"]

    answer = function.invoke(do="sleep", millis=60_000)

    assert answer.error == "Unhandled"
    assert answer.payload["errorType"] == "Sandbox.Timedout"
    assert answer.payload["errorMessage"].endswith("Error: Task timed out after 1.00 seconds")
    assert "Status: timeout" in answer.log
    assert start_ticks(pid) is None
    assert function.invoke().error is None


@pytest.mark.parametrize(
    ("how", "error_type", "message"),
    [
        ("throw", "java.lang.IllegalStateException", "cannot start"),
        ("exit", "Runtime.ExitError", "Runtime exited with error: exit status 3"),
    ],
)
def test_failed_start_is_answered_to_each_caller(
    local_aws: LocalAws, sample_code: bytes, how: str, error_type: str, message: str
) -> None:
    function = Function(local_aws, f"start-{how}").create(sample_code, Environment={"Variables": {"START": how}})

    for _ in range(2):
        answer = function.invoke()

        assert answer.error == "Unhandled"
        assert answer.payload["errorType"] == error_type
        assert answer.payload["errorMessage"].endswith(message)
        assert f"Error Type: {error_type}" in answer.log


def test_large_response_is_refused(sample: Function) -> None:
    answer = sample.invoke(do="large", bytes=6 * _MB + 101)

    assert answer.error == "Unhandled"
    assert answer.payload["errorType"] == "Function.ResponseSizeTooLarge"
    assert sample.invoke(do="large", bytes=6 * _MB).error is None


def test_request_over_the_limit_is_refused(sample: Function) -> None:
    with pytest.raises(ClientError, match="smaller than 6291456 bytes") as caught:
        sample.invoke(text="x" * 6_291_456)

    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


def test_concurrent_calls_run_in_environments_of_their_own(sample: Function) -> None:
    with ThreadPoolExecutor(3) as pool:
        calls = [pool.submit(sample.invoke, do="sleep", millis=1500) for _ in range(3)]
        answers = [call.result() for call in calls]

    assert [answer.payload for answer in answers] == ["slept"] * 3


def test_versions_keep_layers_and_variables(local_aws: LocalAws, sample_code: bytes, tmp_path: Path) -> None:
    client = local_aws.client("lambda")
    jar = zipped(compiled(tmp_path, SOURCES / "Layered.java"))
    contents: list[dict[str, str | bytes]] = [
        {"bundle/name": "one", "bundle/kept": "kept"},
        {"bundle/name": "two", "java/lib/layered.jar": jar},
    ]
    first, second = (
        client.publish_layer_version(LayerName=f"layer-{number}", Content={"ZipFile": zipped(content)})[
            "LayerVersionArn"
        ]
        for number, content in enumerate(contents)
    )
    red, blue = ({"Variables": {"COLOUR": colour}} for colour in ("red", "blue"))
    function = Function(local_aws, "layered").create(sample_code, Layers=[first], Environment=red)
    old = function.publish()
    function.update(Layers=[first, second], Environment=blue)
    new = function.publish()

    assert function.invoke(old, do="read", path="bundle/name").payload == "one"
    assert function.invoke(new, do="read", path="bundle/name").payload == "two"
    assert function.invoke(new, do="read", path="bundle/kept").payload == "kept"
    assert function.invoke(new, do="layered").payload == "from a layer"
    assert function.invoke(old).payload["environment"]["COLOUR"] == "red"
    assert function.invoke(new).payload["environment"]["COLOUR"] == "blue"

    client.create_alias(
        FunctionName="layered",
        Name="live",
        FunctionVersion=old,
        RoutingConfig={"AdditionalVersionWeights": {new: 0.5}},
    )
    executed = Counter(function.invoke("live").version for _ in range(30))
    assert set(executed) == {old, new}


def test_asynchronous_call_is_retried_and_goes_to_dead_letter_queue(local_aws: LocalAws, sample_code: bytes) -> None:
    sqs = local_aws.client("sqs")
    queue = sqs.create_queue(QueueName="dead-letters")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    function = Function(local_aws, "async").create(sample_code, DeadLetterConfig={"TargetArn": arn})
    function.client.put_function_event_invoke_config(FunctionName="async", MaximumRetryAttempts=0)

    status = function.client.invoke(FunctionName="async", InvocationType="Event", Payload='{"do":"throw"}')

    assert status["StatusCode"] == 202
    found = eventually(lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages"), 30)
    assert json.loads(found[0]["Body"]) == {"do": "throw"}


def test_snap_start_of_version_runs_the_hooks(local_aws: LocalAws, sample_code: bytes) -> None:
    settings = {"ApplyOn": "PublishedVersions"}
    function = Function(local_aws, "snapped").create(sample_code, SnapStart=settings)
    version = function.publish()

    latest, published = function.invoke(), function.invoke(version)

    assert "before the snapshot" not in latest.log
    assert latest.payload["environment"]["AWS_LAMBDA_INITIALIZATION_TYPE"] == "on-demand"
    assert published.log.index("before the snapshot") < published.log.index("after the snapshot")
    assert "Restore Duration: " in published.log
    assert published.payload["environment"]["AWS_LAMBDA_INITIALIZATION_TYPE"] == "snap-start"


def test_snap_start_with_failing_hook_is_a_function_error(local_aws: LocalAws, sample_code: bytes) -> None:
    failing = {"Variables": {"RESTORE": "fail"}}
    settings = {"ApplyOn": "PublishedVersions"}
    function = Function(local_aws, "unsnapped").create(sample_code, SnapStart=settings, Environment=failing)
    version = function.publish()

    answer = function.invoke(version)

    assert answer.error == "Unhandled"
    assert "cannot go on" in answer.log


def test_provisioned_concurrency_of_version_starts_before_the_call(local_aws: LocalAws, sample_code: bytes) -> None:
    function = Function(local_aws, "provisioned").create(sample_code)
    version = function.publish()
    named = {"FunctionName": "provisioned", "Qualifier": version}
    function.client.put_provisioned_concurrency_config(**named, ProvisionedConcurrentExecutions=1)

    eventually(lambda: function.client.get_provisioned_concurrency_config(**named)["Status"] == "READY", 30)
    answer = function.invoke(version)

    assert answer.payload["environment"]["AWS_LAMBDA_INITIALIZATION_TYPE"] == "provisioned-concurrency"


def test_stop_of_local_stack_ends_functions(start_local_aws: Callable[[], LocalAws], sample_code: bytes) -> None:
    aws = start_local_aws()
    pid = Function(aws, "orphan").create(sample_code).invoke().payload["pid"]
    assert start_ticks(pid) is not None
    server = json.loads((aws.home / "localstack" / "localstack.pid.json").read_text())["pid"]

    os.kill(server, signal.SIGKILL)

    eventually(lambda: start_ticks(pid) is None)
