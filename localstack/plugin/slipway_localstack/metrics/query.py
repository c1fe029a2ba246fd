"""Answers metric queries from LocalStack's table of values: exact dimensions, every statistic.

Stock LocalStack matches dimensions by LIKE, so `FunctionName=f` also counts `f2` and every set with more dimensions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

from slipway_localstack.metrics.statistics import Sample, check, compute

_SINGLE = "SELECT timestamp, 1, value, value, value FROM SINGLE_METRICS"
_SUMMED = 'SELECT timestamp, sample_count, "sum", "min", "max" FROM AGGREGATED_METRICS'
_NO_UNIT = "NULL_VALUE"  # LocalStack's word for rows without a unit


def metric_data(
    database: Any,
    account_id: str,
    region: str,
    query: dict[str, Any],
    start_time: datetime,
    end_time: datetime,
    scan_by: str | None,
) -> dict[str, list[Any]]:
    """Stand in for CloudwatchDatabase.get_metric_data_stat: one point per period, counted from the start time."""
    stat = query["MetricStat"]
    check(stat["Stat"])
    start, end, period = int(start_time.timestamp()), int(end_time.timestamp()), int(stat["Period"])
    condition, parameters = _condition(database, account_id, region, stat, start, end)
    with database.DATABASE_LOCK, closing(_connected(database.METRICS_DB_READ_ONLY)) as connection:
        rows = connection.execute(f"{_SINGLE}{condition} UNION ALL {_SUMMED}{condition}", parameters * 2).fetchall()
    points = [(time, value) for time, value in _points(rows, stat["Stat"], start, period)]
    if scan_by in (None, "TimestampDescending"):
        points.reverse()
    return {"timestamps": [time for time, _ in points], "values": [value for _, value in points]}


def _connected(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True)


def _condition(
    database: Any, account_id: str, region: str, stat: dict[str, Any], start: int, end: int
) -> tuple[str, list[Any]]:
    metric = stat["Metric"]
    wanted = {
        "account_id": account_id,
        "region": region,
        "namespace": metric.get("Namespace"),
        "metric_name": metric.get("MetricName"),
        "dimensions": database._get_ordered_dimensions_with_separator(list(metric.get("Dimensions") or [])),
    }
    if unit := stat.get("Unit"):
        wanted["unit"] = None if unit == _NO_UNIT else unit
    clauses = [f"{column} IS ?" for column in wanted]  # IS is equality that also holds between NULLs
    return (
        f" WHERE {' AND '.join(clauses)} AND timestamp >= ? AND timestamp < ?",
        [*wanted.values(), start, end],
    )


def _points(rows: Iterable[tuple[Any, ...]], statistic: str, start: int, period: int) -> Iterator[tuple[int, float]]:
    periods: dict[int, list[Sample]] = {}
    for time, count, total, low, high in rows:
        periods.setdefault(start + (int(time) - start) // period * period, []).append(Sample(count, total, low, high))
    for time in sorted(periods):
        value = compute(statistic, periods[time])
        if value is not None:
            yield time, value
