"""Reads CloudWatch's embedded metric format out of one log line.

Source: AWS, "Specification: Embedded metric format" (CloudWatch user guide), with its limits: 100 metrics, 100 values
each, 30 dimensions a set. What the specification calls invalid is skipped, as CloudWatch does: it stays a log line.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from slipway_localstack.metrics.datum import Datum

_MARK = '"_aws"'
_MAX_METRICS = 100
_MAX_VALUES = 100
_MAX_DIMENSIONS = 30
_MILLIS = 1000.0
_HIGH_RESOLUTION = 1


def read(line: str) -> list[Datum]:
    """Return the metrics of a line; empty when it is none of the format."""
    if _MARK not in line:
        return []
    try:
        root = json.loads(line)
    except ValueError:
        return []
    metadata = root.get("_aws") if isinstance(root, dict) else None
    if not isinstance(metadata, dict):
        return []
    stamp = metadata.get("Timestamp")
    seconds = float(stamp) / _MILLIS if stamp is not None and _is_number(stamp) else time.time()
    directives = metadata.get("CloudWatchMetrics")
    if not isinstance(directives, list):
        return []
    return [datum for directive in directives for datum in _directive(root, directive, seconds)]


def _directive(root: dict[str, Any], directive: Any, seconds: float) -> Iterator[Datum]:
    if not isinstance(directive, dict) or not isinstance(directive.get("Namespace"), str):
        return
    metrics = directive.get("Metrics")
    if not isinstance(metrics, list):
        return
    for dimensions in _dimension_sets(root, directive.get("Dimensions", [[]])):
        for metric in metrics[:_MAX_METRICS]:
            if not isinstance(metric, dict) or not isinstance(metric.get("Name"), str):
                continue
            values = _values(root.get(metric["Name"]))
            if values:
                yield Datum(
                    directive["Namespace"],
                    metric["Name"],
                    dimensions,
                    values,
                    str(metric.get("Unit", "None")),
                    seconds,
                    1 if metric.get("StorageResolution") == _HIGH_RESOLUTION else 60,
                )


def _dimension_sets(root: dict[str, Any], sets: Any) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield each set whose members all are there as text."""
    for names in sets if isinstance(sets, list) else []:
        if not isinstance(names, list) or len(names) > _MAX_DIMENSIONS:
            continue
        found = [(name, root.get(name)) for name in names if isinstance(name, str)]
        texts = [(name, value) for name, value in found if isinstance(value, str) and value]
        if len(texts) == len(names):
            yield tuple(sorted(texts))


def _values(found: Any) -> tuple[float, ...]:
    values = found if isinstance(found, list) else [found]
    if len(values) > _MAX_VALUES or not all(_is_number(value) for value in values):
        return ()
    return tuple(float(value) for value in values)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
