"""Pods of EKS job definitions: their rules, their defaults, and the overrides of a job."""

import copy

from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.records import Json


def check_pod(properties: Json) -> None:
    """Refuse EKS properties without a container, and containers without an image."""
    containers = _containers(properties)
    if not containers:
        raise ClientException("eksProperties.podProperties must contain at least one container")
    for container in containers:
        if not container.get("image"):
            raise ClientException("Every container of eksProperties.podProperties must contain image")


def with_defaults(properties: Json) -> Json:
    """Return a copy in which every container has a command and an environment, if only empty ones."""
    filled = copy.deepcopy(properties)
    for container in _containers(filled):
        container.setdefault("command", [])
        container.setdefault("env", [])
    return filled


def overridden(properties: Json, override: Json | None) -> Json:
    """Return a copy with a job's overrides: by container name, and the first container for an override without one."""
    merged = copy.deepcopy(properties)
    containers = _containers(merged)
    for change in _containers(override or {}):
        name = change.get("name")
        target = next((each for each in containers if name and each.get("name") == name), containers[0])
        for key in ("image", "command", "args", "resources"):
            if change.get(key):
                target[key] = change[key]
        variables = {each["name"]: each for each in [*(target.get("env") or []), *(change.get("env") or [])]}
        target["env"] = list(variables.values())
    return merged


def as_container(properties: Json) -> Json:
    """Return the first container in the shape that container job definitions have."""
    container = _containers(properties)[0]
    variables = [{"name": each["name"], "value": each.get("value", "")} for each in container.get("env") or []]
    command = [*(container.get("command") or []), *(container.get("args") or [])]
    return {"image": container.get("image"), "command": command, "environment": variables}


def _containers(properties: Json) -> list[Json]:
    return (properties.get("podProperties") or {}).get("containers") or []
