from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError, WaiterError

from tests.cfn.stacks import deploy, describe, parameter, remove
from tests.conftest import LocalAws, eventually
from tests.executor.functions import ROLE, Function, zipped

pytestmark = pytest.mark.localstack


@pytest.fixture(scope="module")
def versioned(local_aws: LocalAws) -> Function:
    """A function that is never invoked, with versions 1 to 3."""
    function = Function(local_aws, "patches-versions").create(zipped({"note.txt": "x"}), handler="Any")
    for number in range(3):
        function.update(Description=f"version {number}")
        function.publish()
    return function


def test_update_alias_with_weights_moves_them(versioned: Function) -> None:
    client = versioned.client
    client.create_alias(FunctionName=versioned.name, Name="weighted", FunctionVersion="1")

    client.update_alias(
        FunctionName=versioned.name, Name="weighted", RoutingConfig={"AdditionalVersionWeights": {"2": 0.1}}
    )
    client.update_alias(
        FunctionName=versioned.name,
        Name="weighted",
        FunctionVersion="2",
        RoutingConfig={"AdditionalVersionWeights": {"3": 0.5}},
    )

    found = client.get_alias(FunctionName=versioned.name, Name="weighted")
    assert (found["FunctionVersion"], found["RoutingConfig"]) == ("2", {"AdditionalVersionWeights": {"3": 0.5}})
    client.update_alias(FunctionName=versioned.name, Name="weighted", RoutingConfig={"AdditionalVersionWeights": {}})
    assert "RoutingConfig" not in client.get_alias(FunctionName=versioned.name, Name="weighted")


@pytest.mark.parametrize(
    ("version", "weights", "code"),
    [
        (None, {"1": 0.5}, "InvalidParameterValueException"),
        ("9", {"1": 0.5}, "ResourceNotFoundException"),
        (None, {"9": 0.5}, "ResourceNotFoundException"),
        (None, {"2": 0.2, "3": 0.2}, "InvalidParameterValueException"),
    ],
)
def test_update_alias_with_bad_weights_is_refused(
    versioned: Function, version: str | None, weights: dict[str, float], code: str
) -> None:
    name = f"bad-{version}-{'-'.join(weights)}"
    versioned.client.create_alias(FunctionName=versioned.name, Name=name, FunctionVersion="1")
    more = {"FunctionVersion": version} if version else {}

    with pytest.raises(ClientError) as refused:
        versioned.client.update_alias(
            FunctionName=versioned.name, Name=name, RoutingConfig={"AdditionalVersionWeights": weights}, **more
        )

    assert refused.value.response["Error"]["Code"] == code
    assert "RoutingConfig" not in versioned.client.get_alias(FunctionName=versioned.name, Name=name)


def test_update_alias_by_many_with_one_revision_succeeds_once(versioned: Function) -> None:
    made = versioned.client.create_alias(FunctionName=versioned.name, Name="raced", FunctionVersion="1")

    def move(number: int) -> str:
        try:
            versioned.client.update_alias(
                FunctionName=versioned.name, Name="raced", Description=str(number), RevisionId=made["RevisionId"]
            )
        except ClientError as problem:
            return str(problem.response["Error"]["Code"])
        return "moved"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(move, range(8)))

    assert sorted(outcomes) == ["PreconditionFailedException"] * 7 + ["moved"]


def test_delete_of_version_with_alias_is_refused(versioned: Function) -> None:
    versioned.client.create_alias(
        FunctionName=versioned.name,
        Name="keeper",
        FunctionVersion="2",
        RoutingConfig={"AdditionalVersionWeights": {"3": 0.1}},
    )

    for version in ("2", "3"):
        with pytest.raises(ClientError, match=r"currently referenced by aliases: \[.*'keeper'") as refused:
            versioned.client.delete_function(FunctionName=versioned.name, Qualifier=version)
        assert refused.value.response["Error"]["Code"] == "ResourceConflictException"


def test_failed_update_is_rolled_back_and_reported(local_aws: LocalAws) -> None:
    ssm = local_aws.client("ssm")
    deploy(local_aws, "rolled", {"A": parameter("/rolled/a", "1"), "Old": parameter("/rolled/old", "1")})
    bad = {
        "Type": "AWS::Lambda::Function",
        "DependsOn": ["A", "B"],
        "Properties": {"Role": "bad", "Code": {"S3Bucket": "none", "S3Key": "k"}, "Handler": "x", "Runtime": "java25"},
    }

    with pytest.raises(WaiterError):
        deploy(local_aws, "rolled", {"A": parameter("/rolled/a", "2"), "B": parameter("/rolled/b", "1"), "Bad": bad})

    stack = eventually(lambda: _ended(local_aws, "rolled"))
    assert stack is not None
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "Value 'bad' at 'role'" in stack["StackStatusReason"]
    names = [each["Name"] for each in ssm.get_parameters_by_path(Path="/rolled")["Parameters"]]
    assert sorted(names) == ["/rolled/a", "/rolled/old"]
    assert ssm.get_parameter(Name="/rolled/a")["Parameter"]["Value"] == "1"
    deploy(local_aws, "rolled", {"A": parameter("/rolled/a", "3"), "B": parameter("/rolled/b", "1")})
    names = [each["Name"] for each in ssm.get_parameters_by_path(Path="/rolled")["Parameters"]]
    assert sorted(names) == ["/rolled/a", "/rolled/b"]
    remove(local_aws, "rolled")


def _ended(aws: LocalAws, name: str) -> dict[str, Any] | None:
    stack = describe(aws, name)
    return None if stack["StackStatus"].endswith("IN_PROGRESS") else stack


def test_changed_function_keeps_what_refers_to_it(local_aws: LocalAws) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="patches-code")
    for key in ("one.zip", "two.zip"):
        s3.put_object(Bucket="patches-code", Key=key, Body=zipped({"note.txt": key}))

    def resources(key: str) -> dict[str, Any]:
        properties = {"Role": ROLE, "Handler": "Any", "Runtime": "java25", "FunctionName": "patches-referred"}
        return {
            "Function": {
                "Type": "AWS::Lambda::Function",
                "Properties": properties | {"Code": {"S3Bucket": "patches-code", "S3Key": key}},
            },
            "Allowed": {
                "Type": "AWS::Lambda::Permission",
                "Properties": {
                    "FunctionName": {"Ref": "Function"},
                    "Action": "lambda:InvokeFunction",
                    "Principal": "events.amazonaws.com",
                },
            },
            "Retries": {
                "Type": "AWS::Lambda::EventInvokeConfig",
                "Properties": {"FunctionName": {"Ref": "Function"}, "Qualifier": "$LATEST", "MaximumRetryAttempts": 0},
            },
        }

    deploy(local_aws, "referred", resources("one.zip"))
    client = local_aws.client("lambda")
    before = client.get_function(FunctionName="patches-referred")["Configuration"]["CodeSha256"]
    deploy(local_aws, "referred", resources("two.zip"))

    assert client.get_function(FunctionName="patches-referred")["Configuration"]["CodeSha256"] != before
    assert client.get_policy(FunctionName="patches-referred")["Policy"]
    assert client.get_function_event_invoke_config(FunctionName="patches-referred")["MaximumRetryAttempts"] == 0
    with pytest.raises(WaiterError):
        deploy(local_aws, "referred", resources("missing.zip"))
    assert "does not exist" in describe(local_aws, "referred")["StackStatusReason"]


def test_lines_of_function_go_to_its_log_group(local_aws: LocalAws, sample_code: bytes) -> None:
    local_aws.client("logs").create_log_group(logGroupName="patches-lines")
    function = Function(local_aws, "patches-lines").create(sample_code, LoggingConfig={"LogGroup": "patches-lines"})

    function.invoke(do="print", text="over here")

    def lines() -> list[str]:
        found = local_aws.client("logs").filter_log_events(logGroupName="patches-lines")["events"]
        return [each["message"] for each in found if "over here" in each["message"]]

    assert eventually(lines)


def test_change_of_alarm_reaches_event_bus(local_aws: LocalAws) -> None:
    sqs, events, cloudwatch = (local_aws.client(name) for name in ("sqs", "events", "cloudwatch"))
    url = sqs.create_queue(QueueName="patches-alarms")["QueueUrl"].replace("localhost", "127.0.0.1")
    pattern = {"source": ["aws.cloudwatch"], "detail": {"alarmName": ["patches-alarm"], "state": {"value": ["ALARM"]}}}
    events.put_rule(Name="patches-alarms", EventPattern=json.dumps(pattern))
    target = "arn:aws:sqs:us-east-1:000000000000:patches-alarms"
    events.put_targets(Rule="patches-alarms", Targets=[{"Id": "q", "Arn": target}])
    cloudwatch.put_metric_alarm(
        AlarmName="patches-alarm",
        Namespace="Test",
        MetricName="M",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )

    cloudwatch.set_alarm_state(AlarmName="patches-alarm", StateValue="ALARM", StateReason="by hand")

    found = eventually(lambda: sqs.receive_message(QueueUrl=url).get("Messages"))
    event = json.loads(found[0]["Body"])
    assert event["detail-type"] == "CloudWatch Alarm State Change"
    assert event["detail"]["state"]["reason"] == "by hand"
    assert event["detail"]["previousState"]["value"] == "INSUFFICIENT_DATA"


def test_alarm_and_rule_change_in_place(local_aws: LocalAws) -> None:
    local_aws.client("sqs").create_queue(QueueName="patches-put")
    queue = "arn:aws:sqs:us-east-1:000000000000:patches-put"

    def resources(threshold: int, *targets: str) -> dict[str, Any]:
        alarm = {
            "Namespace": "Test",
            "MetricName": "M",
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanThreshold",
        }
        rule = {
            "EventPattern": {"source": [f"above-{threshold}"]},
            "Targets": [{"Id": each, "Arn": queue} for each in targets],
        }
        return {
            "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": alarm},
            "Rule": {"Type": "AWS::Events::Rule", "Properties": rule},
        }

    outputs = {"Alarm": {"Ref": "Alarm"}, "Rule": {"Ref": "Rule"}}
    made = deploy(local_aws, "patches-put", resources(1, "a", "b"), outputs)
    changed = deploy(local_aws, "patches-put", resources(7, "b"), outputs)

    assert made == changed, "the generated names must stay"
    alarms = local_aws.client("cloudwatch").describe_alarms(AlarmNames=[made["Alarm"]])["MetricAlarms"]
    assert [each["Threshold"] for each in alarms] == [7.0]
    events = local_aws.client("events")
    assert json.loads(events.describe_rule(Name=made["Rule"])["EventPattern"]) == {"source": ["above-7"]}
    assert [each["Id"] for each in events.list_targets_by_rule(Rule=made["Rule"])["Targets"]] == ["b"]
    remove(local_aws, "patches-put")
