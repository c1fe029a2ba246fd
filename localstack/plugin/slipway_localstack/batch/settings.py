"""What can be set about Batch on this machine, by environment variables at start and by HTTP while it runs."""

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

IMAGES_VARIABLE = "SLIPWAY_BATCH_IMAGES"
RUNNERS = ("process", "docker")
_PREFIX = "SLIPWAY_BATCH_"


class SettingsError(ValueError):
    """A setting has a name or a value that is not allowed; the message names all of them."""


def check_images(value: object) -> dict[str, list[str]]:
    """Return the image map after a check: image name to a list of arguments put before the job's command."""
    if not isinstance(value, dict):
        raise SettingsError(
            f"BATCH_IMAGES_INVALID: expected an object of image name to list of arguments, found {type(value).__name__}"
        )
    wrong = [
        name
        for name, prefix in value.items()
        if not isinstance(prefix, list) or not all(isinstance(part, str) for part in prefix)
    ]
    if wrong:
        raise SettingsError(
            f"BATCH_IMAGES_INVALID: the value of {', '.join(sorted(wrong))} must be a list of strings, "
            'for example {"my/image": ["java", "-cp", "app.jar"]}'
        )
    return {name: list(prefix) for name, prefix in value.items()}


def check_names(value: object) -> tuple[str, ...]:
    """Return the names after a check that they are a list of strings."""
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise SettingsError(f"BATCH_SETTING_INVALID: no_capacity must be a list of names, found {value!r}")
    return tuple(value)


@dataclass(frozen=True)
class Settings:
    """The values in force. Times are in seconds."""

    images: Mapping[str, list[str]] = field(default_factory=dict)
    """Image name to the arguments that stand for its entry point; a missing image runs its command as it is."""
    concurrency: int = 8
    """How many job processes run at once, over all queues."""
    runner: str = "process"
    """How an image without an entry in `images` runs: `process` (its command, on the host) or `docker`."""
    no_capacity: Sequence[str] = ()
    """Names of job queues and compute environments that give no instance: their jobs stay RUNNABLE."""
    starting_seconds: float = 0.1
    """Shortest stay in STARTING, so that a poller can see it."""
    running_seconds: float = 0.1
    """Shortest stay in RUNNING."""
    stop_seconds: float = 30.0
    """Time between SIGTERM and SIGKILL (ECS waits 30 s by default)."""
    minimum_timeout_seconds: int = 60
    """Smallest attemptDurationSeconds accepted; the API reference says 60."""
    minimum_state_limit_seconds: int = 600
    """Smallest maxTimeSeconds of a job state time limit; the API reference says 600."""

    longest_state_limit_seconds: int = 86_400
    """A state time limit acts after at most this time, whatever the queue says."""

    @staticmethod
    def from_environment(environment: Mapping[str, str]) -> "Settings":
        """Read `SLIPWAY_BATCH_<NAME>`; unset variables keep their defaults."""
        given: dict[str, Any] = {}
        for setting in fields(Settings):
            text = environment.get(_PREFIX + setting.name.upper())
            if text:
                given[setting.name] = _parse(setting.name, text)
        return Settings().changed(given)

    def changed(self, values: Mapping[str, Any]) -> "Settings":
        """Return a copy with the given values, all checked."""
        known = {setting.name for setting in fields(Settings)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise SettingsError(
                f"BATCH_SETTING_UNKNOWN: {', '.join(unknown)}; expected some of {', '.join(sorted(known))}"
            )
        checked: dict[str, Any] = {name: _check(name, value) for name, value in values.items()}
        return replace(self, **checked)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain values."""
        return {setting.name: getattr(self, setting.name) for setting in fields(self)}


def _parse(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"BATCH_SETTING_INVALID: {_PREFIX}{name.upper()} is not JSON: {error}") from error


def _check(name: str, value: object) -> object:
    if name == "images":
        return check_images(value)
    if name == "runner":
        if value not in RUNNERS:
            raise SettingsError(f"BATCH_SETTING_INVALID: runner must be one of {', '.join(RUNNERS)}, found {value!r}")
        return value
    if name == "no_capacity":
        return check_names(value)
    whole = name == "concurrency" or name.endswith(("_timeout_seconds", "_limit_seconds"))
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or (whole and not isinstance(value, int)):
        kind = "a whole number" if whole else "a number"
        raise SettingsError(f"BATCH_SETTING_INVALID: {name} must be {kind}, found {value!r}")
    least = 1 if whole else 0
    if isinstance(value, int | float) and value < least:
        raise SettingsError(f"BATCH_SETTING_INVALID: {name} must be at least {least}, found {value!r}")
    return value


class CurrentSettings:
    """Holds the settings in force; safe for several threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings if settings is not None else Settings.from_environment(os.environ)
        self._lock = threading.Lock()

    def get(self) -> Settings:
        """Return the settings in force now."""
        return self._settings

    def change(self, values: Mapping[str, Any]) -> Settings:
        """Put new values in force and return all settings; jobs that run keep what they started with."""
        with self._lock:
            self._settings = self._settings.changed(values)
            return self._settings
