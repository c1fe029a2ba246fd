"""Says loudly when LocalStack is not the version that the patches were written for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


class MetricsPatchError(Exception):
    """LocalStack is not the version that this was written for."""


def require(owner: Any, name: str, parameters: set[str]) -> Callable[..., Any]:
    """Return a function or method that must exist with these parameters."""
    found = getattr(owner, name, None)
    if found is None or not parameters <= set(inspect.signature(found).parameters):
        raise MetricsPatchError(f"LocalStack's {owner.__name__}.{name} with {sorted(parameters)} is not there")
    return found  # type: ignore[no-any-return]
