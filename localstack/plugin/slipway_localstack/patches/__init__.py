"""Changes to LocalStack 4.14.0, one file each. Every one asserts the symbol that it changes.

Flow: `hooks` calls `apply` once, before LocalStack listens; a missing symbol ends the start.
"""

from __future__ import annotations

import importlib

NAMES = (
    "loopback",
    "resource_support",
    "stack_update",
    "update_errors",
    "replacement",
    "put_updates",
    "gateway_stage",
    "gateway_answers",
    "gateway_body",
    "alias_weights",
    "version_in_use",
    "log_group",
    "alarm_events",
)
"""The patches in the order they are applied; each module has a function `apply()`."""


def apply() -> None:
    """Apply all patches in order; raises PatchError when LocalStack is not what they were written for."""
    for name in NAMES:
        importlib.import_module(f"{__name__}.{name}").apply()
