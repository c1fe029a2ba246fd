"""An error while a resource is updated fails the resource, with its own words.

Stock LocalStack takes every error that mentions "not found" or "not exist" (a missing code object, say) for success
with nothing changed, and words the others as a failed deletion.
"""

from __future__ import annotations

import functools
from typing import Any

from slipway_localstack.patches.check import require


def apply() -> None:
    """Catch errors of updates before LocalStack interprets them."""
    from localstack.services.cloudformation import resource_provider as providers

    owner = providers.ResourceProviderExecutor
    stock = require(owner, "execute_action", "resource_provider", "raw_payload")

    @functools.wraps(stock)
    def execute_action(self: Any, resource_provider: Any, raw_payload: Any) -> Any:
        return stock(self, _Careful(resource_provider, providers), raw_payload)

    owner.execute_action = execute_action


class _Careful:
    """A resource provider whose update answers with a failure instead of raising."""

    def __init__(self, provider: Any, providers: Any) -> None:
        self._provider = provider
        self._providers = providers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._provider, name)

    def update(self, request: Any) -> Any:
        try:
            return self._provider.update(request)
        except NotImplementedError:
            raise
        except Exception as problem:  # noqa: BLE001 - reported, with its cause, as the resource's failure
            return self._providers.ProgressEvent(
                status=self._providers.OperationStatus.FAILED,
                resource_model={},
                message=f"{request.logical_resource_id} was not updated: {problem}",
                custom_context={"exception": problem},
            )
