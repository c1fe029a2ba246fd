"""A resource is replaced when a create-only property has another value, not when it refers to something that changed.

Stock LocalStack decides before values are known: a changed function replaces all that name it (alias, permission,
event configuration), which fails because the old one still stands.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from slipway_localstack.patches.check import require, require_text


def apply() -> None:
    """Decide again when both values are known."""
    from localstack.services.cloudformation.engine.v2 import change_set_model_executor as engine

    executor = engine.ChangeSetModelExecutor
    stock = require(executor, "_execute_resource_change", "name", "before", "after")
    require_text(engine.ChangeSetModelExecutor, "_execute_resource_change", "if after.requires_replacement:")

    @functools.wraps(stock)
    def change(self: Any, name: str, before: Any, after: Any) -> None:
        both = not engine.is_nothing(before) and not engine.is_nothing(after)
        if both and after.requires_replacement and before.resource_type == after.resource_type:
            provider = self.resource_provider_executor.try_load_resource_provider(after.resource_type)
            schema = provider.SCHEMA if provider else {}
            after.requires_replacement = differs(schema, before.properties.properties, after.properties.properties)
        stock(self, name, before, after)

    executor._execute_resource_change = change


def differs(schema: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a create-only property has another value."""
    pointers = [str(pointer).removeprefix("/properties/") for pointer in schema.get("createOnlyProperties", [])]
    return any(_value(before, pointer) != _value(after, pointer) for pointer in pointers)


def _value(properties: Mapping[str, Any], pointer: str) -> Any:
    value: Any = properties
    for part in pointer.split("/"):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
