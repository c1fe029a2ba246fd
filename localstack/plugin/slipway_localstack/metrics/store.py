"""Writes values into LocalStack's table: one transaction for a whole PutMetricData, found again by an index.

Stock LocalStack opens the file and commits once per metric, and its index ends at the metric's name; under load the
values of a release would arrive many seconds late.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

COLUMNS = "account_id, region, metric_name, namespace, timestamp, dimensions, unit, storage_resolution"
_SINGLE = f"INSERT INTO SINGLE_METRICS ({COLUMNS}, value) VALUES ({', '.join('?' * 9)})"  # noqa: S608
_SUMMED = (
    f'INSERT INTO AGGREGATED_METRICS ({COLUMNS}, sample_count, "sum", "min", "max") '  # noqa: S608
    f"VALUES ({', '.join('?' * 12)})"
)
_TABLES = ("SINGLE_METRICS", "AGGREGATED_METRICS")


def prepare(database: Any) -> None:
    """Make the indexes that queries by dimensions and time need."""
    with closing(sqlite3.connect(database.METRICS_DB)) as connection, connection:
        for table in _TABLES:
            connection.execute(
                f"CREATE INDEX IF NOT EXISTS slipway_{table} ON {table} (metric_name, namespace, dimensions, timestamp)"
            )


def add_metric_data(
    database: Any, account_id: str, region: str, namespace: str, metric_data: Sequence[dict[str, Any]]
) -> None:
    """Stand in for CloudwatchDatabase.add_metric_data."""
    singles: list[tuple[Any, ...]] = []
    summaries: list[tuple[Any, ...]] = []
    for metric in metric_data or ():
        common = (account_id, region, metric.get("MetricName"), namespace, *_place(database, metric))
        singles += [(*common, value) for value in _values(metric)]
        if summary := metric.get("StatisticValues"):
            summaries.append((*common, *(summary.get(part) for part in ("SampleCount", "Sum", "Minimum", "Maximum"))))
    with database.DATABASE_LOCK, closing(sqlite3.connect(database.METRICS_DB)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")  # the values need not outlive the machine
        connection.executemany(_SINGLE, singles)
        connection.executemany(_SUMMED, summaries)


def _place(database: Any, metric: dict[str, Any]) -> tuple[Any, ...]:
    stamp = metric.get("Timestamp")
    seconds = int(time.time()) if stamp is None else database._convert_timestamp_to_unix(stamp)
    dimensions = database._get_ordered_dimensions_with_separator(list(metric.get("Dimensions") or []))
    return seconds, dimensions, metric.get("Unit"), metric.get("StorageResolution")


def _values(metric: dict[str, Any]) -> Iterator[float]:
    if metric.get("Value") is not None:
        yield metric["Value"]
        return
    values = metric.get("Values") or []
    for value, count in zip(values, metric.get("Counts") or [1] * len(values), strict=True):
        for _ in range(int(count)):
            yield value
