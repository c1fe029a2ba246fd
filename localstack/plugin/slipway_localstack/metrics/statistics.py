"""CloudWatch's statistics, computed from single values.

Source: AWS, "CloudWatch statistics definitions". Bounds of `PR`, `TC`, `TM` and `TS` are exclusive below and inclusive
above. CloudWatch keeps a sketch and approximates percentiles; here they are exact: linear between the closest ranks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


class StatisticError(ValueError):
    """The statistic is none that is computed here; the message names those that are."""


@dataclass(frozen=True)
class Sample:
    """What a row of the store holds: a value that was seen `count` times, or the summary of `count` values."""

    count: float
    total: float
    low: float
    high: float

    @property
    def single_valued(self) -> bool:
        """Say whether all values are known, which percentiles need."""
        return self.low == self.high


_PERCENTILE = re.compile(r"^p(\d{1,3}(?:\.\d{1,10})?)$")
_RANGE = re.compile(r"^(PR|TC|TM|TS)\((-?[\d.]+%?)?:(-?[\d.]+%?)?\)$", re.IGNORECASE)
_SHORT = re.compile(r"^(tc|tm|ts)(\d{1,3}(?:\.\d{1,10})?)$")
_ALL = 100.0


_SIMPLE: Mapping[str, Callable[[Sequence[Sample]], float]] = {
    "SampleCount": lambda samples: math.fsum(sample.count for sample in samples),
    "Sum": lambda samples: math.fsum(sample.total for sample in samples),
    "Average": lambda samples: (
        math.fsum(sample.total for sample in samples) / math.fsum(sample.count for sample in samples)
    ),
    "Minimum": lambda samples: min(sample.low for sample in samples),
    "Maximum": lambda samples: max(sample.high for sample in samples),
}


def compute(statistic: str, samples: Sequence[Sample]) -> float | None:
    """Return the statistic over the samples; None when it has no value (no samples, or none in a trimmed mean)."""
    check(statistic)
    counted = [sample for sample in samples if sample.count > 0]
    if not counted:
        return None
    simple = _SIMPLE.get(statistic)
    return simple(counted) if simple else _of_values(statistic, _values(counted))


def check(statistic: str) -> None:
    """Refuse a statistic that is not computed here."""
    if statistic not in _SIMPLE:
        _of_values(statistic, [0.0])


def _values(samples: Sequence[Sample]) -> list[float]:
    return sorted(sample.low for sample in samples if sample.single_valued for _ in range(round(sample.count)))


def _of_values(statistic: str, values: list[float]) -> float | None:
    if statistic == "IQM":
        return _trimmed("TM", values, "25%", "75%")
    if (found := _PERCENTILE.match(statistic)) and float(found[1]) <= _ALL:
        return percentile(values, float(found[1]))
    if found := _SHORT.match(statistic):
        return _trimmed(found[1].upper(), values, "", f"{found[2]}%")
    if (found := _RANGE.match(statistic)) and (found[2] or found[3]):
        return _trimmed(found[1].upper(), values, found[2] or "", found[3] or "")
    raise StatisticError(
        f"The value {statistic} for parameter Stat is not valid here; expected one of SampleCount, Sum, Average, "
        "Minimum, Maximum, IQM, p99, tm99, tc99, ts99, or PR, TC, TM, TS with bounds, such as TC(:250) or TM(10%:90%)"
    )


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the percentile of sorted values, linear between the closest ranks; None of no values."""
    if not values:
        return None
    rank = percent / _ALL * (len(values) - 1)
    below = math.floor(rank)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (rank - below)


def _trimmed(kind: str, values: list[float], low: str, high: str) -> float | None:
    floor, ceiling = _bound(values, low, -math.inf), _bound(values, high, math.inf)
    # A lower bound in percent that falls on the lowest value cuts nothing off.
    kept = [value for value in values if value <= ceiling and (value > floor or low in ("", "0%"))]
    match kind:
        case "TC":
            return float(len(kept))
        case "PR":
            return _ALL * len(kept) / len(values) if values else None
        case "TS":
            return math.fsum(kept)
        case _:
            return math.fsum(kept) / len(kept) if kept else None


def _bound(values: list[float], text: str, absent: float) -> float:
    if not text:
        return absent
    if text.endswith("%"):
        found = percentile(values, float(text[:-1]))
        return absent if found is None else found
    return float(text)
