"""CloudFormation properties as API arguments, guided by the service's own description.

CloudFormation writes `MaxvCpus` and `EfsVolumeConfiguration` where an API says `maxvCpus` and
`efsVolumeConfiguration`. Members of structures are matched without regard to case; keys of maps (tags, parameters,
log options) are left as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class PropertyUnknownError(Exception):
    """The template sets a property that the API does not have."""


def arguments(client: Any, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties as arguments of a client's method; raises PropertyUnknownError."""
    name = client.meta.method_to_api_mapping[operation]
    shape = client.meta.service_model.operation_model(name).input_shape
    return dict(_structure(shape, properties, operation))


def _structure(shape: Any, value: Mapping[str, Any], path: str) -> dict[str, Any]:
    members = {name.lower(): (name, member) for name, member in shape.members.items()}
    found = {}
    for key, item in value.items():
        if item is None:
            continue
        if key.lower() not in members:
            raise PropertyUnknownError(
                f"property {key} of {path} is not known; expected one of {sorted(shape.members)}. "
                "Check its spelling in the template."
            )
        name, member = members[key.lower()]
        found[name] = _convert(member, item, f"{path}.{key}")
    return found


def _convert(shape: Any, value: Any, path: str) -> Any:
    match shape.type_name:
        case "structure":
            return _structure(shape, value, path)
        case "list":
            return [_convert(shape.member, item, path) for item in value]
        case "map":
            return {key: _convert(shape.value, item, path) for key, item in value.items()}
    return _SCALARS.get(shape.type_name, _as_it_is)(value)


def _as_it_is(value: Any) -> Any:
    return value


def _flag(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() == "true"


def _text(value: Any) -> str:
    """Templates may hold numbers and booleans where an API wants text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


_SCALARS: dict[str, Callable[[Any], Any]] = {
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
    "boolean": _flag,
    "string": _text,
}
