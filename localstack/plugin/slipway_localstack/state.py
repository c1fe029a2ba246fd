"""State of this LocalStack process that several parts share: settings, children, mirror."""

from __future__ import annotations

import functools
import os

from slipway_localstack.control.settings import Settings
from slipway_localstack.mirror.folder import Mirror
from slipway_localstack.processes import Children


@functools.cache
def settings() -> Settings:
    """Return the settings that the launcher passed on."""
    return Settings.read(os.environ)


@functools.cache
def children() -> Children:
    """Return the one keeper of Lambda and Batch processes."""
    return Children(settings().state / "children", str(settings().home))


@functools.cache
def mirror() -> Mirror:
    """Return the one mirror of objects on disk."""
    return Mirror(settings().home / "mirror")
