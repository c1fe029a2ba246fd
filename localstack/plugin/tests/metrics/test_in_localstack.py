"""Metrics in a real LocalStack: what an invocation leaves, queries, alarms."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.conftest import LocalAws, eventually
from tests.executor.functions import Function

pytestmark = pytest.mark.localstack


def dimensions(**named: str) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in named.items()]


def value_of(aws: LocalAws, namespace: str, name: str, statistic: str, **named: str) -> float | None:
    metric = {"Namespace": namespace, "MetricName": name, "Dimensions": dimensions(**named)}
    asked = {"Id": "q", "MetricStat": {"Metric": metric, "Period": 600, "Stat": statistic}}
    end = datetime.now(UTC) + timedelta(seconds=5)
    found = aws.client("cloudwatch").get_metric_data(
        MetricDataQueries=[asked], StartTime=end - timedelta(seconds=600), EndTime=end
    )
    values: list[float] = found["MetricDataResults"][0]["Values"]
    return values[0] if values else None


def request_line(model: str, version: str, **values: Any) -> str:
    metrics = [{"Name": name, "Unit": "Count", "StorageResolution": 1} for name in values]
    directive = {"Namespace": "Slipway", "Dimensions": [["Model", "Version"]], "Metrics": metrics}
    metadata = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
    return json.dumps({"_aws": metadata, "Model": model, "Version": version, **values})


def test_invocations_by_alias_are_counted_by_version(local_aws: LocalAws, sample_code: bytes) -> None:
    function = Function(local_aws, "counted").create(sample_code)
    version = function.publish()
    function.client.create_alias(FunctionName="counted", Name="live", FunctionVersion=version)

    function.invoke("live")
    function.invoke("live", do="throw")
    function.invoke(version)

    by_version = {"FunctionName": "counted", "Resource": "counted:live", "ExecutedVersion": version}
    eventually(lambda: value_of(local_aws, "AWS/Lambda", "Invocations", "Sum", FunctionName="counted") == 3)
    assert value_of(local_aws, "AWS/Lambda", "Invocations", "Sum", **by_version) == 2
    assert value_of(local_aws, "AWS/Lambda", "Errors", "Sum", **by_version) == 1
    assert value_of(local_aws, "AWS/Lambda", "Duration", "SampleCount", **by_version) == 2
    assert value_of(local_aws, "AWS/Lambda", "ConcurrentExecutions", "Maximum", FunctionName="counted") == 1
    assert value_of(local_aws, "AWS/Lambda", "Invocations", "Sum", FunctionName="count") is None


def test_refused_invocation_is_a_throttle(local_aws: LocalAws, sample_code: bytes) -> None:
    function = Function(local_aws, "throttled").create(sample_code)
    function.client.put_function_concurrency(FunctionName="throttled", ReservedConcurrentExecutions=0)

    with pytest.raises(ClientError, match="Rate Exceeded"):
        function.invoke()

    eventually(lambda: value_of(local_aws, "AWS/Lambda", "Throttles", "Maximum", FunctionName="throttled") == 1)
    assert value_of(local_aws, "AWS/Lambda", "Invocations", "Sum", FunctionName="throttled") is None


def test_printed_metrics_answer_percentiles_and_counts(local_aws: LocalAws, sample_code: bytes) -> None:
    function = Function(local_aws, "printing").create(sample_code)
    line = request_line("printing", "3", Requests=1, WarmLatency=[10, 20, 400])

    answer = function.invoke(do="print", text=line)

    named = {"Model": "printing", "Version": "3"}
    assert line in answer.log
    eventually(lambda: value_of(local_aws, "Slipway", "Requests", "Sum", **named) == 1)
    assert value_of(local_aws, "Slipway", "WarmLatency", "TC(:250)", **named) == 2
    assert value_of(local_aws, "Slipway", "WarmLatency", "p50", **named) == 20
    assert value_of(local_aws, "Slipway", "Requests", "Sum", Model="printing") is None


def test_metric_statistics_with_percentile_and_count(local_aws: LocalAws) -> None:
    client = local_aws.client("cloudwatch")
    client.put_metric_data(
        Namespace="Extended",
        MetricData=[{"MetricName": "m", "Values": [1, 2, 3], "Counts": [1, 1, 1], "Unit": "Count"}],
    )
    end = datetime.now(UTC) + timedelta(seconds=5)

    found = client.get_metric_statistics(
        Namespace="Extended",
        MetricName="m",
        StartTime=end - timedelta(seconds=600),
        EndTime=end,
        Period=600,
        Statistics=["Sum"],
        ExtendedStatistics=["p50", "TC(:2)"],
    )["Datapoints"]

    assert len(found) == 1
    assert found[0]["Sum"] == 6
    assert found[0]["Unit"] == "Count"
    assert found[0]["ExtendedStatistics"] == {"p50": 2, "TC(:2)": 2}


@pytest.mark.parametrize("statistic", ["p101", "Median"])
def test_query_of_unknown_statistic_is_the_callers_error(local_aws: LocalAws, statistic: str) -> None:
    with pytest.raises(ClientError, match="expected one of SampleCount"):
        value_of(local_aws, "Slipway", "Requests", statistic)


def test_alarm_on_printed_metric_fires_within_twenty_seconds(local_aws: LocalAws, sample_code: bytes) -> None:
    client = local_aws.client("cloudwatch")
    function = Function(local_aws, "alarming").create(sample_code)
    function.invoke()
    for version in ("1", "2"):
        client.put_metric_alarm(
            AlarmName=f"failed-{version}",
            Namespace="Slipway",
            MetricName="Failed",
            Dimensions=dimensions(Model="alarming", Version=version),
            Period=10,
            EvaluationPeriods=1,
            Statistic="Sum",
            Threshold=1,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
            TreatMissingData="notBreaching",
        )

    function.invoke(do="print", text=request_line("alarming", "2", Requests=1, Failed=1))
    function.invoke(do="print", text=request_line("alarming", "1", Requests=1, Failed=0))

    def states() -> dict[str, str]:
        alarms = client.describe_alarms(AlarmNames=["failed-1", "failed-2"])["MetricAlarms"]
        return {alarm["AlarmName"]: alarm["StateValue"] for alarm in alarms}

    eventually(lambda: states()["failed-2"] == "ALARM", 20)
    assert states()["failed-1"] != "ALARM"


def test_alarm_over_three_periods_looks_every_period(local_aws: LocalAws) -> None:
    client = local_aws.client("cloudwatch")
    client.put_metric_alarm(
        AlarmName="three-periods",
        Namespace="Alarms",
        MetricName="Failed",
        Period=10,
        EvaluationPeriods=3,
        DatapointsToAlarm=3,
        Statistic="Average",
        Threshold=0.5,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="missing",
    )
    now = time.time()
    for age in (25, 15, 5):
        client.put_metric_data(
            Namespace="Alarms", MetricData=[{"MetricName": "Failed", "Value": 1, "Timestamp": now - age}]
        )

    def in_alarm() -> bool:
        return bool(client.describe_alarms(AlarmNames=["three-periods"])["MetricAlarms"][0]["StateValue"] == "ALARM")

    eventually(in_alarm, 15)
