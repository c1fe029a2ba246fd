"""Which periods an alarm sees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from slipway_localstack.metrics.alarms import collect, collected_periods

NOW = datetime(2026, 1, 1, 12, 0, 30, 700_000, UTC)
END = NOW.replace(microsecond=0)


class Client:
    """Answers one query with points given by their age in seconds."""

    def __init__(self, points: dict[int, float]) -> None:
        self.points = points
        self.asked: list[dict[str, Any]] = []

    def get_metric_data(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        result = {
            "Timestamps": [END - timedelta(seconds=age) for age in self.points],
            "Values": list(self.points.values()),
        }
        return {"MetricDataResults": [result]}


@pytest.mark.parametrize(("evaluated", "collected"), [(1, 3), (2, 4), (5, 7), (9, 12)])
def test_collected_periods_are_some_more_than_evaluated(evaluated: int, collected: int) -> None:
    assert collected_periods(evaluated) == collected


def test_collect_puts_values_in_their_period_oldest_first() -> None:
    client = Client({10: 1.0, 40: 4.0, 20: 2.0})

    values = collect({"Period": 10, "EvaluationPeriods": 2}, client, {"Id": "q"}, NOW)

    assert values == [4.0, None, 2.0, 1.0]
    assert client.asked == [
        {"MetricDataQueries": [{"Id": "q"}], "StartTime": END - timedelta(seconds=40), "EndTime": END}
    ]
