"""Lambda's own metrics of one invocation.

Source of names, units and dimensions: AWS, "Types of metrics for Lambda functions". Each value stands without
dimensions, by FunctionName, by FunctionName and Resource (`name` or `name:alias`), and for an alias also by
ExecutedVersion.
"""

from __future__ import annotations

from slipway_localstack.metrics.datum import Datum

NAMESPACE = "AWS/Lambda"
_QUALIFIED_PARTS = 8  # arn:aws:lambda:region:account:function:name:qualifier


def resource_of(function_arn: str) -> tuple[str, str, bool]:
    """Split an invoked ARN into the function's name, the Resource dimension and whether it names an alias."""
    parts = function_arn.split(":")
    name = parts[6] if len(parts) >= _QUALIFIED_PARTS - 1 else function_arn
    qualifier = parts[7] if len(parts) >= _QUALIFIED_PARTS else ""
    is_alias = bool(qualifier) and not qualifier.isdigit() and not qualifier.startswith("$")
    return name, f"{name}:{qualifier}" if qualifier else name, is_alias


def finished(function_arn: str, version: str, is_error: bool, duration_millis: float, time: float) -> list[Datum]:
    """Return the metrics of an invocation that ran."""
    sets = _dimension_sets(function_arn, version)
    values = [
        ("Invocations", 1.0, "Count"),
        ("Errors", 1.0 if is_error else 0.0, "Count"),
        ("Duration", duration_millis, "Milliseconds"),
    ]
    return [_datum(name, dimensions, value, unit, time) for dimensions in sets for name, value, unit in values]


def admitted(function_arn: str, throttled: bool, concurrent: int, time: float) -> list[Datum]:
    """Return the metrics of an invocation that was let in, or refused (`concurrent` then means nothing)."""
    sets = _dimension_sets(function_arn, "")
    data = [_datum("Throttles", dimensions, 1.0 if throttled else 0.0, "Count", time) for dimensions in sets]
    if not throttled:
        data += [_datum("ConcurrentExecutions", item, float(concurrent), "Count", time) for item in sets[1:]]
    return data


def _dimension_sets(function_arn: str, version: str) -> list[tuple[tuple[str, str], ...]]:
    name, resource, is_alias = resource_of(function_arn)
    by_name = (("FunctionName", name),)
    by_resource = (*by_name, ("Resource", resource))
    sets: list[tuple[tuple[str, str], ...]] = [(), by_name, by_resource]
    if is_alias and version:
        sets.append((("ExecutedVersion", version), *by_resource))
    return sets


def _datum(name: str, dimensions: tuple[tuple[str, str], ...], value: float, unit: str, time: float) -> Datum:
    return Datum(NAMESPACE, name, dimensions, (value,), unit, time)
