"""When alarms look at their metric: every period, as on AWS, and with one query.

Stock LocalStack looks every period times evaluation periods, so that an alarm over five minutes is five minutes late,
and asks for each period by itself.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

_FEWEST_EXTRA = 2


def collected_periods(evaluation_periods: int) -> int:
    """Return how many periods LocalStack looks at: some more than evaluated, in case data is missing."""
    return evaluation_periods + max(evaluation_periods // 3, _FEWEST_EXTRA)


def collect(alarm: dict[str, Any], client: Any, query: dict[str, Any], now: datetime) -> list[float | None]:
    """Return the value of each period up to now, oldest first; None where there is no data."""
    period = int(alarm["Period"])
    count = collected_periods(int(alarm["EvaluationPeriods"]))
    end = datetime.fromtimestamp(math.floor(now.timestamp()), UTC)
    start = end - timedelta(seconds=count * period)
    found = client.get_metric_data(MetricDataQueries=[query], StartTime=start, EndTime=end)["MetricDataResults"][0]
    values: list[float | None] = [None] * count
    for stamp, value in zip(found["Timestamps"], found["Values"], strict=True):
        values[int((stamp - start).total_seconds()) // period] = value
    return values


def apply() -> None:
    """Change LocalStack's alarm scheduler."""
    from localstack.services.cloudwatch import alarm_scheduler
    from localstack.utils.scheduler import ScheduledTask, Scheduler

    from slipway_localstack.metrics.requirements import require

    require(alarm_scheduler, "collect_metric_data", {"alarm_details", "client"})
    require(alarm_scheduler, "generate_metric_query", {"alarm_details"})
    require(alarm_scheduler, "get_metric_alarm_details_for_alarm_arn", {"alarm_arn"})
    require(Scheduler, "schedule", {"func", "period", "args"})
    stock = require(alarm_scheduler.AlarmScheduler, "__init__", {"self"})

    class EveryPeriod(Scheduler):
        """Runs an alarm's evaluation every period of the alarm."""

        def schedule(self, func: Any, period: float | None = None, *, args: Any = None, **named: Any) -> Any:
            details = alarm_scheduler.get_metric_alarm_details_for_alarm_arn(args[0])
            return super().schedule(func, period=details["Period"] if details else period, args=args, **named)

    def __init__(self: Any) -> None:  # noqa: N807 - stands in for one
        stock(self)
        self.scheduler = EveryPeriod()

    def collect_metric_data(alarm_details: Any, client: Any) -> list[float | None]:
        query = alarm_scheduler.generate_metric_query(alarm_details)
        return collect(alarm_details, client, query, datetime.now(UTC))

    alarm_scheduler.AlarmScheduler.__init__ = __init__
    alarm_scheduler.collect_metric_data = collect_metric_data
    # Two tasks of one time are compared by the queue; stock tasks cannot be, which ends the thread of all alarms.
    ScheduledTask.__lt__ = lambda self, other: id(self) < id(other)
