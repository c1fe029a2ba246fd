"""Entry point: makes the executor known under LAMBDA_RUNTIME_EXECUTOR=slipway."""

from __future__ import annotations

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class SlipwayExecutorPlugin(RuntimeExecutorPlugin):
    """Loads the executor class on first use."""

    name = "slipway"

    def load(self, *_: object, **__: object) -> type:
        """Return the executor class."""
        from slipway_localstack.executor.executor import HostExecutor

        return HostExecutor
