"""Assertions of patches: what is to be changed must be there, in the form that the change was written for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


class PatchError(Exception):
    """LocalStack is not the version that a patch was written for."""


def require(owner: Any, name: str, *parameters: str) -> Callable[..., Any]:
    """Return a function that a patch wraps; raises PatchError unless it is there with these parameters."""
    found: Callable[..., Any] | None = getattr(owner, name, None)
    if not callable(found):
        raise PatchError(f"{_title(owner)} has no function {name}; the patches are written for LocalStack 4.14.0")
    missing = set(parameters) - set(inspect.signature(found).parameters)
    if missing:
        raise PatchError(
            f"{_title(owner)}.{name} lacks parameter(s) {sorted(missing)}, found {inspect.signature(found)}; "
            "the patches are written for LocalStack 4.14.0"
        )
    return found


def require_text(owner: Any, name: str, text: str) -> None:
    """Refuse a function whose source does not hold a text that the patch relies on."""
    if text not in inspect.getsource(require(owner, name)):
        raise PatchError(f"the source of {_title(owner)}.{name} does not hold '{text}'; the patch would have no effect")


def _title(owner: Any) -> str:
    return str(getattr(owner, "__qualname__", getattr(owner, "__name__", owner)))
