"""Reading of the embedded metric format."""

from __future__ import annotations

import json
from typing import Any

import pytest

from slipway_localstack.metrics import emf


def line(**changes: Any) -> str:
    directive = {
        "Namespace": "Slipway",
        "Dimensions": [["Model", "Version"]],
        "Metrics": [
            {"Name": "Requests", "Unit": "Count", "StorageResolution": 1},
            {"Name": "WarmLatency", "Unit": "Milliseconds"},
        ],
    }
    root = {
        "_aws": {"Timestamp": 1_700_000_000_250, "CloudWatchMetrics": [directive | changes.pop("directive", {})]},
        "Model": "churn",
        "Version": "7",
        "Requests": 1,
        "WarmLatency": [12.5, 80],
    }
    return json.dumps(root | changes)


def test_read_of_request_line_gives_each_metric() -> None:
    requests, latency = emf.read(line())

    assert requests.namespace == "Slipway"
    assert requests.name == "Requests"
    assert requests.dimensions == (("Model", "churn"), ("Version", "7"))
    assert requests.values == (1.0,)
    assert requests.unit == "Count"
    assert requests.resolution == 1
    assert requests.time == 1_700_000_000.25
    assert latency.values == (12.5, 80.0)
    assert latency.unit == "Milliseconds"
    assert latency.resolution == 60


def test_read_with_two_dimension_sets_gives_values_for_both() -> None:
    found = emf.read(line(directive={"Dimensions": [["Model"], []]}))

    assert [datum.dimensions for datum in found] == [(("Model", "churn"),)] * 2 + [()] * 2


@pytest.mark.parametrize(
    "text",
    [
        "plain text",
        '{"message":"json of another kind"}',
        '"_aws" but no json {',
        '{"_aws":1}',
        '{"_aws":{"CloudWatchMetrics":7}}',
        '["_aws"]',
        line(Model=None, directive={"Dimensions": [["Model"]]}),
        line(Requests="many", WarmLatency=True),
        line(Requests=[], WarmLatency=[1] * 101),
        line(directive={"Namespace": 5}),
        line(directive={"Metrics": [{"Unit": "Count"}, 3]}),
    ],
)
def test_read_of_anything_else_gives_nothing(text: str) -> None:
    assert emf.read(text) == []


def test_read_without_timestamp_takes_now() -> None:
    root = json.loads(line())
    del root["_aws"]["Timestamp"]

    assert emf.read(json.dumps(root))[0].time > 1_700_000_000.25
