"""Compares a request's JSON with the API model: types, ranges of numbers, fields that nested objects need.

SDKs check this before they send; whoever writes the JSON himself gets a ClientException here, never an internal error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_INTEGER = 2**31
_LONG = 2**63
MOST_PROBLEMS = 20
"""A message that names more helps nobody."""

type Check = Callable[[Any, Any, str], Iterator[str]]


def problems(shape: Any, body: Any) -> list[str]:
    """Return what is wrong with a request's body, most outer first; `shape` is botocore's model of the input.

    Top-level fields that are missing are not looked at: each operation says that itself.
    """
    if not isinstance(body, dict):
        return [f"the request's body must be a JSON object, found {_kind(body)}"]
    found = (
        problem
        for name, member in shape.members.items()
        if "location" not in member.serialization and body.get(name) is not None
        for problem in _check(member, body[name], name)
    )
    return [problem for problem, _ in zip(found, range(MOST_PROBLEMS), strict=False)]


def _check(shape: Any, value: Any, where: str) -> Iterator[str]:
    if value is None:
        yield f"{where} must not be null"
        return
    expected, types, inner = _RULES.get(shape.type_name, _ANYTHING)
    is_bool = isinstance(value, bool)
    if types and (not isinstance(value, types) or is_bool != (bool in types)):
        yield f"{where} must be {expected}, found {_kind(value)}"
    elif inner is not None:
        yield from inner(shape, value, where)


def _structure(shape: Any, value: dict[str, Any], where: str) -> Iterator[str]:
    for name, member in shape.members.items():
        if value.get(name) is not None:
            yield from _check(member, value[name], f"{where}.{name}")
        elif name in shape.required_members:
            yield f"{where}.{name} must be provided"


def _list(shape: Any, value: list[Any], where: str) -> Iterator[str]:
    for index, each in enumerate(value):
        yield from _check(shape.member, each, f"{where}[{index}]")


def _map(shape: Any, value: dict[str, Any], where: str) -> Iterator[str]:
    for key, each in value.items():
        yield from _check(shape.value, each, f"{where}['{key}']")


def _number(shape: Any, value: int, where: str) -> Iterator[str]:
    limit = _LONG if shape.type_name == "long" else _INTEGER
    if not -limit <= value < limit:
        yield f"{where} must be between {-limit} and {limit - 1}, found {value}"


_ANYTHING: tuple[str, tuple[type, ...], Check | None] = ("anything", (), None)
_RULES: dict[str, tuple[str, tuple[type, ...], Check | None]] = {
    "structure": ("an object", (dict,), _structure),
    "map": ("an object", (dict,), _map),
    "list": ("a list", (list,), _list),
    "string": ("a string", (str,), None),
    "boolean": ("true or false", (bool,), None),
    "integer": ("a whole number", (int,), _number),
    "long": ("a whole number", (int,), _number),
    "float": ("a number", (int, float), None),
    "double": ("a number", (int, float), None),
}


def _kind(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"the string '{value[:80]}'" if isinstance(value, str) else f"the number {value}"
