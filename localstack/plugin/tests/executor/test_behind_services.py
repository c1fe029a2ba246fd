"""Functions behind other services of LocalStack: a REST API in front of an alias, an alarm that calls back by SNS."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import LocalAws, eventually
from tests.executor.functions import Function, zipped

pytestmark = pytest.mark.localstack

ECHO = """
import json, time

def handle(event, context):
    if "Records" in event:
        print("alarm", event["Records"][0]["Sns"]["Subject"])
        return None
    metrics = [{"Name": "Failed", "Unit": "Count", "StorageResolution": 1}]
    directive = {"Namespace": "Slipway", "Dimensions": [["Model", "Version"]], "Metrics": metrics}
    emf = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
    print(json.dumps({"_aws": emf, "Model": "echo", "Version": context.function_version, "Failed": 1}))
    body = {"path": event["path"], "body": event["body"], "base64": event["isBase64Encoded"]}
    return {"statusCode": 500 if "fail" in event["path"] else 200, "body": json.dumps(body)}
"""


@pytest.fixture(scope="session")
def echo(local_aws: LocalAws) -> Function:
    function = Function(local_aws, "echo").create(
        zipped({"main.py": ECHO}), runtime="python3.13", handler="main.handle"
    )
    version = function.publish()
    function.client.create_alias(FunctionName="echo", Name="live", FunctionVersion=version)
    return function


@pytest.fixture(scope="session")
def url(local_aws: LocalAws, echo: Function) -> str:
    gateway = local_aws.client("apigateway")
    api = gateway.create_rest_api(name="echo", binaryMediaTypes=["*/*"])["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    proxy = gateway.create_resource(restApiId=api, parentId=root, pathPart="{proxy+}")["id"]
    gateway.put_method(restApiId=api, resourceId=proxy, httpMethod="ANY", authorizationType="NONE")
    target = "arn:aws:lambda:us-east-1:000000000000:function:echo:live"
    gateway.put_integration(
        restApiId=api,
        resourceId=proxy,
        httpMethod="ANY",
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{target}/invocations",
    )
    gateway.create_deployment(restApiId=api, stageName="prod")
    return f"{local_aws.endpoint}/_aws/execute-api/{api}/prod"


def post(address: str, body: bytes) -> tuple[int, Any]:
    headers = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(address, data=body, method="POST", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as problem:
        return problem.code, json.load(problem)


def test_rest_api_reaches_the_alias_and_counts_its_version(url: str, local_aws: LocalAws) -> None:
    text = post(f"{url}/v2/models/m/infer", b'{"a":1}')
    binary = post(f"{url}/fail", b"\xff\xfe")

    assert text == (200, {"path": "/v2/models/m/infer", "body": "eyJhIjoxfQ==", "base64": True})
    assert binary == (500, {"path": "/fail", "body": "//4=", "base64": True})
    named = {"FunctionName": "echo", "Resource": "echo:live", "ExecutedVersion": "1"}
    metric = {
        "Namespace": "AWS/Lambda",
        "MetricName": "Invocations",
        "Dimensions": [{"Name": name, "Value": value} for name, value in named.items()],
    }
    asked = {"Id": "q", "MetricStat": {"Metric": metric, "Period": 3600, "Stat": "Sum"}}

    def invocations() -> list[float]:
        end = datetime.now(UTC) + timedelta(seconds=5)
        found = local_aws.client("cloudwatch").get_metric_data(
            MetricDataQueries=[asked], StartTime=end - timedelta(seconds=3600), EndTime=end
        )
        values: list[float] = found["MetricDataResults"][0]["Values"]
        return values

    assert eventually(invocations)[0] >= 2


def test_alarm_calls_a_function_by_topic(url: str, echo: Function, local_aws: LocalAws) -> None:
    topics, alarms = local_aws.client("sns"), local_aws.client("cloudwatch")
    topic = topics.create_topic(Name="alarms")["TopicArn"]
    arn = echo.client.get_function(FunctionName="echo")["Configuration"]["FunctionArn"]
    topics.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=arn)
    alarms.put_metric_alarm(
        AlarmName="echo-failed",
        Namespace="Slipway",
        MetricName="Failed",
        Dimensions=[{"Name": "Model", "Value": "echo"}, {"Name": "Version", "Value": "1"}],
        Period=10,
        EvaluationPeriods=1,
        Statistic="Average",
        Threshold=0.5,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="missing",
        AlarmActions=[topic],
    )
    began = time.monotonic()
    post(f"{url}/fail", b"{}")

    def called() -> list[Any]:
        logs = local_aws.client("logs")
        found: list[Any] = logs.filter_log_events(logGroupName="/aws/lambda/echo", filterPattern="")["events"]
        return [event for event in found if "alarm ALARM" in event["message"]]

    eventually(called, 30)
    assert time.monotonic() - began < 25
