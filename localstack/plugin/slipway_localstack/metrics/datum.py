"""One value set of a metric, on its way to CloudWatch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Datum:
    """Values of one metric with one set of dimensions, at one time (seconds since 1970)."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    values: tuple[float, ...]
    unit: str
    time: float
    resolution: int = 60

    def to_api(self) -> dict[str, Any]:
        """Return the member of PutMetricData's MetricData."""
        return {
            "MetricName": self.name,
            "Dimensions": [{"Name": name, "Value": value} for name, value in self.dimensions],
            "Timestamp": datetime.fromtimestamp(self.time, UTC),
            "Values": list(self.values),
            "Counts": [1.0] * len(self.values),
            "Unit": self.unit,
            "StorageResolution": self.resolution,
        }


def by_namespace(data: Sequence[Datum]) -> Mapping[str, list[Datum]]:
    """Group data as PutMetricData takes them, in order."""
    groups: dict[str, list[Datum]] = {}
    for datum in data:
        groups.setdefault(datum.namespace, []).append(datum)
    return groups
