"""Changes to LocalStack 4.14.0's Lambda and CloudWatch for metrics. Each one asserts what it changes."""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from slipway_localstack.metrics import alarms, extended, invocations, query, store
from slipway_localstack.metrics.publisher import Publisher
from slipway_localstack.metrics.requirements import require
from slipway_localstack.metrics.statistics import StatisticError


def apply() -> None:
    """Make queries exact, add statistics, count Lambda invocations as AWS does, evaluate alarms every period."""
    _replace_database()
    _extend_statistics()
    _count_invocations()
    alarms.apply()


@functools.cache
def publisher() -> Publisher:
    """Return the one publisher of this LocalStack."""
    return Publisher(_put)


def _put(account: str, region: str, namespace: str, members: list[dict[str, Any]]) -> None:
    """Store values in this process: a call through HTTP costs more than the rest of an invocation."""
    from localstack.services.plugins import SERVICE_PLUGINS

    database = SERVICE_PLUGINS.require("cloudwatch")._provider.cloudwatch_database
    database.add_metric_data(account, region, namespace, members)


def _replace_database() -> None:
    from localstack.services.cloudwatch.cloudwatch_database_helper import CloudwatchDatabase

    expected = {"account_id", "region", "query", "start_time", "end_time", "scan_by"}
    require(CloudwatchDatabase, "get_metric_data_stat", expected)
    require(CloudwatchDatabase, "_get_ordered_dimensions_with_separator", {"dims"})
    require(CloudwatchDatabase, "_convert_timestamp_to_unix", {"timestamp"})
    require(CloudwatchDatabase, "add_metric_data", {"account_id", "region", "namespace", "metric_data"})
    stock = require(CloudwatchDatabase, "__init__", {"self"})

    def __init__(self: Any) -> None:  # noqa: N807 - stands in for one
        stock(self)
        store.prepare(self)

    CloudwatchDatabase.__init__ = __init__
    CloudwatchDatabase.get_metric_data_stat = query.metric_data
    CloudwatchDatabase.add_metric_data = store.add_metric_data


def _extend_statistics() -> None:
    """GetMetricStatistics: stock fails on ExtendedStatistics; unknown statistics are a caller's error, not ours."""
    from localstack.services.cloudwatch.provider_v2 import CloudwatchProvider

    stock_statistics = require(CloudwatchProvider, "get_metric_statistics", {"statistics", "extended_statistics"})
    stock_data = require(CloudwatchProvider, "get_metric_data", {"metric_data_queries"})

    def get_metric_statistics(self: Any, context: Any, extended_statistics: Any = None, **named: Any) -> Any:
        with _refusing_callers_errors():
            if not extended_statistics:
                return stock_statistics(self, context, **named)
            return extended.metric_statistics(self.cloudwatch_database, context, extended_statistics, **named)

    def get_metric_data(self: Any, context: Any, metric_data_queries: Any, **named: Any) -> Any:
        with _refusing_callers_errors():
            if any("MetricStat" not in query for query in metric_data_queries):
                raise StatisticError("Metric math (Expression) is not emulated here; ask for each metric by MetricStat")
            return stock_data(self, context, metric_data_queries, **named)

    CloudwatchProvider.get_metric_statistics = get_metric_statistics
    CloudwatchProvider.get_metric_data = get_metric_data


@contextlib.contextmanager
def _refusing_callers_errors() -> Iterator[None]:
    from localstack.aws.api import CommonServiceException

    try:
        yield
    except StatisticError as error:
        raise CommonServiceException("ValidationError", str(error), 400, True) from error


def _count_invocations() -> None:
    """Stock publishes Invocations and Errors by FunctionName only; the executor publishes all sets itself."""
    from localstack.services.lambda_.invocation import version_manager
    from localstack.services.lambda_.invocation.counting_service import TooManyRequestsException

    require(version_manager, "record_cw_metric_invocation", {"function_name", "account_id", "region_name"})
    require(version_manager, "record_cw_metric_error", {"function_name", "account_id", "region_name"})
    version_manager.record_cw_metric_invocation = _not_published
    version_manager.record_cw_metric_error = _not_published
    manager = version_manager.LambdaVersionManager
    stock = require(manager, "invoke", {"invocation"})
    running = Running()

    def invoke(self: Any, *, invocation: Any) -> Any:
        identity = self.function_version.id
        arn = invocation.invoked_arn
        with running.one(f"{identity.account}:{identity.region}:{identity.function_name}") as concurrent:
            try:
                result = stock(self, invocation=invocation)
            except TooManyRequestsException:
                _publish_admission(identity, arn, True, 0)
                raise
            _publish_admission(identity, arn, False, concurrent)
            return result

    manager.invoke = invoke


def _publish_admission(identity: Any, arn: str, throttled: bool, concurrent: int) -> None:
    data = invocations.admitted(arn, throttled, concurrent, time.time())
    publisher().publish(identity.account, identity.region, data)


def _not_published(function_name: str, account_id: str, region_name: str) -> None:
    """Stand in for LocalStack's own metrics."""


class Running:
    """Counts what runs at once, by key. Thread-safe."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def one(self, key: str) -> Iterator[int]:
        """Count one more while the block runs; yields the count with it."""
        with self._lock:
            self._counts[key] += 1
            now = self._counts[key]
        try:
            yield now
        finally:
            with self._lock:
                self._counts[key] -= 1
