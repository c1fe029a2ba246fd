"""GetMetricStatistics with ExtendedStatistics, which stock LocalStack fails on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slipway_localstack.metrics import query

_NO_UNIT = "NULL_VALUE"


def metric_statistics(
    database: Any,
    context: Any,
    extended: Sequence[str],
    *,
    namespace: str,
    metric_name: str,
    start_time: datetime,
    end_time: datetime,
    period: int,
    dimensions: Sequence[dict[str, str]] | None = None,
    statistics: Sequence[str] | None = None,
    unit: str | None = None,
    **_: object,
) -> dict[str, Any]:
    """Return the operation's output: one datapoint for each unit and period."""
    metric = {"Namespace": namespace, "MetricName": metric_name, "Dimensions": list(dimensions or [])}
    account, region = context.account_id, context.region
    known = database.get_units_for_metric_data_stat(account, region, start_time, end_time, metric_name, namespace)
    points: dict[tuple[str, int], dict[str, Any]] = {}
    for one in [unit] if unit else known:
        for statistic in [*(statistics or []), *extended]:
            asked = {"MetricStat": {"Metric": metric, "Period": period, "Stat": statistic, "Unit": one}}
            found = query.metric_data(database, account, region, asked, start_time, end_time, "TimestampAscending")
            for stamp, value in zip(found["timestamps"], found["values"], strict=True):
                point = points.setdefault((one, stamp), {"Timestamp": stamp, "Unit": _unit(one)})
                target = point.setdefault("ExtendedStatistics", {}) if statistic in extended else point
                target[statistic] = float(value)
    return {"Label": metric_name, "Datapoints": list(points.values())}


def _unit(unit: str) -> str:
    return "None" if unit == _NO_UNIT else unit
