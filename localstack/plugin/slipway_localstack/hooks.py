"""Entry points that LocalStack runs at start and at the end of its life."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import traceback

from localstack.runtime import hooks

LOG = logging.getLogger(__name__)

PATCH_MODULES = (
    "slipway_localstack.patches",
    "slipway_localstack.mirror.patch",
    "slipway_localstack.mirror.signing_key",
    "slipway_localstack.executor.patch",
    "slipway_localstack.metrics.patch",
    "slipway_localstack.batch.patch",
    "slipway_localstack.batch.requests",
)
"""Modules with a function `apply()`; each asserts that what it patches is there."""


@hooks.on_infra_start(priority=100)
def apply_patches() -> None:
    """Apply every patch, or end the start: half a patched AWS would give wrong results silently."""
    try:
        for name in PATCH_MODULES:
            importlib.import_module(name).apply()
    except Exception as problem:  # noqa: BLE001 - whatever it is, LocalStack must not start without its patches
        traceback.print_exc()
        _refuse_to_start(problem)


def _refuse_to_start(problem: Exception) -> None:
    sys.stderr.write(f"PATCH_FAILED: {problem}\nLocalStack does not start without it.\n")
    sys.stderr.flush()
    os._exit(70)  # EX_SOFTWARE: LocalStack swallows exceptions of hooks


@hooks.on_infra_start(priority=10)
def add_endpoints() -> None:
    """Add the /_slipway/ endpoints."""
    from slipway_localstack import endpoints
    from slipway_localstack.batch import plugin as batch

    endpoints.add()
    batch.add_endpoints()


@hooks.on_infra_shutdown()
def end_children() -> None:
    """End Lambda and Batch processes that still run."""
    from slipway_localstack import state

    state.children().end_leftovers()
