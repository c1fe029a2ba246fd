"""The decisions inside the patches, without LocalStack."""

from __future__ import annotations

import datetime
import json
from types import SimpleNamespace
from typing import Any

import pytest

from slipway_localstack.patches import alarm_events, replacement, resource_support, stack_update, version_in_use


@pytest.mark.parametrize(
    ("present", "wanted", "ignored"),
    [
        ("UPDATE_ROLLBACK_COMPLETE", "UPDATE_COMPLETE", True),
        ("UPDATE_ROLLBACK_FAILED", "UPDATE_FAILED", True),
        ("UPDATE_ROLLBACK_COMPLETE", "UPDATE_IN_PROGRESS", False),
        ("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", False),
        ("ROLLBACK_COMPLETE", "DELETE_COMPLETE", False),
    ],
)
def test_is_final_lets_only_a_start_follow_a_roll_back(present: str, wanted: str, ignored: bool) -> None:
    assert stack_update.is_final(present, wanted) is ignored


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"Name": "a", "Size": 2}, False),
        ({"Name": "b", "Size": 1}, True),
        ({"Size": 1}, True),
    ],
)
def test_differs_looks_at_create_only_values(after: dict[str, Any], expected: bool) -> None:
    schema = {"createOnlyProperties": ["/properties/Name"]}

    assert replacement.differs(schema, {"Name": "a", "Size": 1}, after) is expected


def test_differs_follows_nested_pointers() -> None:
    schema = {"createOnlyProperties": ["/properties/Code/Key"]}

    assert replacement.differs(schema, {"Code": {"Key": 1}}, {"Code": {"Key": 2}})
    assert not replacement.differs(schema, {"Code": {"Key": 1}}, {"Code": {"Key": 1, "Other": 3}})


@pytest.mark.parametrize(("name", "expected"), [("AWS::A::B", True), ("AWS::C::D", False), ("Custom::Any", True)])
def test_is_known_takes_every_custom_type_for_a_custom_resource(name: str, expected: bool) -> None:
    known = frozenset({"AWS::A::B", "AWS::CloudFormation::CustomResource"})

    assert resource_support.is_known(name, known) is expected


def test_users_of_version_are_aliases_with_any_weight() -> None:
    aliases = {
        "live": SimpleNamespace(
            function_version="1", routing_configuration=SimpleNamespace(version_weights={"2": 0.1})
        ),
        "old": SimpleNamespace(function_version="1", routing_configuration=None),
    }

    assert version_in_use.users(aliases, "1") == ["live", "old"]
    assert version_in_use.users(aliases, "2") == ["live"]
    assert version_in_use.users(aliases, "3") == []


def test_event_of_alarm_has_states_and_metric() -> None:
    stamp = datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, datetime.UTC)
    before = {
        "AlarmName": "a",
        "AlarmArn": "arn:a",
        "StateValue": "OK",
        "StateReason": "calm",
        "MetricName": "Errors",
        "Namespace": "AWS/Lambda",
        "Dimensions": [{"Name": "FunctionName", "Value": "f"}],
        "Period": 10,
        "Statistic": "Sum",
    }

    found = alarm_events.event(
        before, before | {"StateValue": "ALARM", "StateReason": "1", "StateUpdatedTimestamp": stamp}
    )

    assert (found["Source"], found["DetailType"]) == ("aws.cloudwatch", "CloudWatch Alarm State Change")
    assert found["Resources"] == ["arn:a"]
    detail = json.loads(found["Detail"])
    assert detail["state"] == {"value": "ALARM", "reason": "1", "timestamp": "2026-01-02T03:04:05.678+0000"}
    assert detail["previousState"] == {"value": "OK", "reason": "calm"}
    assert detail["configuration"]["metrics"][0]["metricStat"] == {
        "metric": {"namespace": "AWS/Lambda", "name": "Errors", "dimensions": {"FunctionName": "f"}},
        "period": 10,
        "stat": "Sum",
    }
