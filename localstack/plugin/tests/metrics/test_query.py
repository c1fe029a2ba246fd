"""Queries of the table of values."""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from slipway_localstack.metrics import store
from slipway_localstack.metrics.query import metric_data
from slipway_localstack.metrics.statistics import StatisticError

COLUMNS = "account_id, region, metric_name, namespace, timestamp, dimensions, unit, storage_resolution"


class Database:
    """LocalStack's tables in a file, with the members that queries use."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "metrics.db"
        self.METRICS_DB = str(self.path)
        self.METRICS_DB_READ_ONLY = f"file:{self.path}?mode=ro"
        self.DATABASE_LOCK = threading.RLock()
        with sqlite3.connect(self.path) as connection:
            connection.execute(f"CREATE TABLE SINGLE_METRICS ({COLUMNS}, value)")
            connection.execute(f'CREATE TABLE AGGREGATED_METRICS ({COLUMNS}, sample_count, "sum", "min", "max")')

    def add(self, time: int, value: float, dimensions: str | None = "F=f\t", unit: str | None = "Count") -> None:
        row = ("1", "r", "m", "n", time, dimensions, unit, 60, value)
        with sqlite3.connect(self.path) as connection:
            connection.execute("INSERT INTO SINGLE_METRICS VALUES (?,?,?,?,?,?,?,?,?)", row)

    def add_summary(self, time: int, count: float, total: float, low: float, high: float) -> None:
        row = ("1", "r", "m", "n", time, "F=f\t", "Count", 60, count, total, low, high)
        with sqlite3.connect(self.path) as connection:
            connection.execute("INSERT INTO AGGREGATED_METRICS VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)

    def _convert_timestamp_to_unix(self, stamp: datetime) -> int:
        return int(stamp.timestamp())

    def _get_ordered_dimensions_with_separator(self, dimensions: list[dict[str, str]]) -> str | None:
        return "".join(f"{one['Name']}={one['Value']}\t" for one in sorted(dimensions, key=str)) or None


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path)


def ask(database: Database, stat: str = "Sum", scan_by: str | None = None, **changes: Any) -> list[tuple[int, float]]:
    metric = {"Namespace": "n", "MetricName": "m", "Dimensions": [{"Name": "F", "Value": "f"}]}
    query = {"MetricStat": {"Metric": metric | changes.pop("metric", {}), "Period": 10, "Stat": stat} | changes}
    start, end = datetime.fromtimestamp(100, UTC), datetime.fromtimestamp(130, UTC)
    found = metric_data(database, "1", "r", query, start, end, scan_by)
    return list(zip(found["timestamps"], found["values"], strict=True))


def test_points_stand_at_the_start_of_their_period_newest_first(database: Database) -> None:
    for when, value in ((99, 1), (100, 2), (109, 3), (110, 4), (129, 5), (130, 6)):
        database.add(when, value)

    assert ask(database) == [(120, 5), (110, 4), (100, 5)]
    assert ask(database, scan_by="TimestampAscending") == [(100, 5), (110, 4), (120, 5)]


def test_dimensions_match_exactly(database: Database) -> None:
    for dimensions in ("F=f\t", "F=f2\t", "F=f\tG=g\t", None):
        database.add(100, 1, dimensions)

    assert ask(database) == [(100, 1)]
    assert ask(database, metric={"Dimensions": []}) == [(100, 1)]
    assert ask(database, metric={"Dimensions": [{"Name": "F", "Value": "x"}]}) == []


def test_unit_is_matched_when_asked(database: Database) -> None:
    database.add(100, 1, unit="Count")
    database.add(100, 2, unit=None)

    assert ask(database) == [(100, 3)]
    assert ask(database, Unit="Count") == [(100, 1)]
    assert ask(database, Unit="NULL_VALUE") == [(100, 2)]


def test_summaries_count_in(database: Database) -> None:
    database.add(100, 2)
    database.add_summary(105, 3, 30, 5, 15)

    assert ask(database) == [(100, 32)]
    assert ask(database, "Average") == [(100, 8)]
    assert ask(database, "Maximum") == [(100, 15)]


def test_unknown_statistic_is_refused_without_data(database: Database) -> None:
    with pytest.raises(StatisticError):
        ask(database, "p200")


def test_stored_values_are_found_again(database: Database) -> None:
    named = {
        "MetricName": "m",
        "Dimensions": [{"Name": "F", "Value": "f"}],
        "Timestamp": datetime.fromtimestamp(105, UTC),
    }
    store.prepare(database)
    store.prepare(database)

    store.add_metric_data(
        database,
        "1",
        "r",
        "n",
        [
            named | {"Value": 0.0},
            named | {"Values": [1, 2], "Counts": [1, 3]},
            named | {"Values": [5]},
            named | {"StatisticValues": {"SampleCount": 2, "Sum": 20, "Minimum": 10, "Maximum": 10}},
            named | {"MetricName": "another", "Value": 100},
        ],
    )

    assert ask(database, "SampleCount") == [(100, 8)]
    assert ask(database) == [(100, 32)]
    assert ask(database, "p100") == [(100, 10)]


def test_stored_value_without_time_is_of_now(database: Database) -> None:
    store.add_metric_data(database, "1", "r", "n", [{"MetricName": "m", "Value": 1}])

    with sqlite3.connect(database.path) as connection:
        (stamp,) = connection.execute("SELECT timestamp FROM SINGLE_METRICS").fetchone()
    assert abs(stamp - time.time()) < 5
