"""Dimensions and values of Lambda's own metrics."""

from __future__ import annotations

import pytest

from slipway_localstack.metrics import invocations
from slipway_localstack.metrics.datum import Datum

ARN = "arn:aws:lambda:us-east-1:000000000000:function:slipway-churn"


def total(data: list[Datum], name: str, **dimensions: str) -> list[tuple[float, ...]]:
    wanted = tuple(sorted(dimensions.items()))
    return [datum.values for datum in data if datum.name == name and tuple(sorted(datum.dimensions)) == wanted]


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (ARN, ("slipway-churn", "slipway-churn", False)),
        (f"{ARN}:live", ("slipway-churn", "slipway-churn:live", True)),
        (f"{ARN}:7", ("slipway-churn", "slipway-churn:7", False)),
        (f"{ARN}:$LATEST", ("slipway-churn", "slipway-churn:$LATEST", False)),
    ],
)
def test_resource_of_arn(arn: str, expected: tuple[str, str, bool]) -> None:
    assert invocations.resource_of(arn) == expected


def test_finished_by_alias_has_every_set_once() -> None:
    data = invocations.finished(f"{ARN}:live", "7", True, 12.5, 1.0)

    for dimensions in (
        {},
        {"FunctionName": "slipway-churn"},
        {"FunctionName": "slipway-churn", "Resource": "slipway-churn:live"},
        {"FunctionName": "slipway-churn", "Resource": "slipway-churn:live", "ExecutedVersion": "7"},
    ):
        assert total(data, "Invocations", **dimensions) == [(1.0,)]
        assert total(data, "Errors", **dimensions) == [(1.0,)]
        assert total(data, "Duration", **dimensions) == [(12.5,)]
    assert len(data) == 12


def test_finished_by_version_has_no_executed_version() -> None:
    data = invocations.finished(f"{ARN}:7", "7", False, 1.0, 1.0)

    assert total(data, "Errors", FunctionName="slipway-churn", Resource="slipway-churn:7") == [(0.0,)]
    assert all("ExecutedVersion" not in dict(datum.dimensions) for datum in data)


def test_admitted_when_throttled_counts_no_concurrency() -> None:
    data = invocations.admitted(ARN, True, 0, 1.0)

    assert total(data, "Throttles", FunctionName="slipway-churn") == [(1.0,)]
    assert all(datum.name == "Throttles" for datum in data)


def test_admitted_counts_concurrency_and_no_throttle() -> None:
    data = invocations.admitted(ARN, False, 3, 1.0)

    assert total(data, "ConcurrentExecutions", FunctionName="slipway-churn") == [(3.0,)]
    assert total(data, "Throttles", FunctionName="slipway-churn") == [(0.0,)]
