"""Each change of an alarm's state goes to EventBridge as `CloudWatch Alarm State Change`; stock sends nothing.

Fields: AWS, CloudWatch user guide, "Alarm events and EventBridge".
"""

from __future__ import annotations

import datetime
import functools
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slipway_localstack.patches.check import require

LOG = logging.getLogger(__name__)

# Targets may call CloudWatch, whose lock the change of state holds: events leave in a thread of their own, in order.
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="slipway-alarm-events")


def apply() -> None:
    """Send an event after every change of state."""
    from localstack.services.cloudwatch.provider_v2 import CloudwatchProvider

    stock = require(CloudwatchProvider, "_update_state", "context", "alarm", "state_value", "state_reason")

    @functools.wraps(stock)
    def update_state(self: Any, context: Any, alarm: Any, *args: Any, **kwargs: Any) -> None:
        before = dict(alarm.alarm)
        stock(self, context, alarm, *args, **kwargs)
        _sender.submit(_send, context.account_id, context.region, event(before, dict(alarm.alarm)))

    CloudwatchProvider._update_state = update_state


def event(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return the entry for PutEvents."""
    detail = {
        "alarmName": after["AlarmName"],
        "state": _state(after),
        "previousState": _state(before),
        "configuration": _configuration(after),
    }
    return {
        "Source": "aws.cloudwatch",
        "DetailType": "CloudWatch Alarm State Change",
        "Resources": [after["AlarmArn"]],
        "Detail": json.dumps(detail),
    }


def _state(alarm: dict[str, Any]) -> dict[str, Any]:
    state = {"value": alarm.get("StateValue"), "reason": alarm.get("StateReason")}
    if alarm.get("StateReasonData"):
        state["reasonData"] = alarm["StateReasonData"]
    stamp = alarm.get("StateUpdatedTimestamp")
    if isinstance(stamp, datetime.datetime):
        state["timestamp"] = stamp.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
    return state


def _configuration(alarm: dict[str, Any]) -> dict[str, Any]:
    configuration: dict[str, Any] = {}
    if alarm.get("AlarmDescription"):
        configuration["description"] = alarm["AlarmDescription"]
    if alarm.get("AlarmRule"):
        return configuration | {"alarmRule": alarm["AlarmRule"]}
    if alarm.get("MetricName"):
        metric = {
            "namespace": alarm.get("Namespace"),
            "name": alarm["MetricName"],
            "dimensions": {each["Name"]: each["Value"] for each in alarm.get("Dimensions") or []},
        }
        stat = alarm.get("Statistic") or alarm.get("ExtendedStatistic")
        configuration["metrics"] = [
            {
                "id": "m1",
                "metricStat": {"metric": metric, "period": alarm.get("Period"), "stat": stat},
                "returnData": True,
            }
        ]
    return configuration


def _send(account: str, region: str, entry: dict[str, Any]) -> None:
    from localstack.aws.connect import connect_to

    try:
        connect_to(aws_access_key_id=account, region_name=region).events.put_events(Entries=[entry])
    except Exception:
        LOG.exception("event of alarm %s was not sent", entry["Resources"])
