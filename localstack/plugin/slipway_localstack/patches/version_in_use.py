"""A version that an alias points to, with any weight, is not deleted; stock LocalStack leaves a broken alias."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from typing import Any

from slipway_localstack.patches.check import require


def apply() -> None:
    """Refuse DeleteFunction of such a version with ResourceConflictException, as AWS does."""
    from localstack.services.lambda_ import provider as module

    owner = module.LambdaProvider
    stock = require(owner, "delete_function", "context", "function_name", "qualifier")
    signature = inspect.signature(stock)

    @functools.wraps(stock)
    def delete_function(self: Any, *args: Any, **kwargs: Any) -> Any:
        arguments = signature.bind(self, *args, **kwargs).arguments
        context, given = arguments["context"], arguments["function_name"]
        name, qualifier = module.api_utils.get_name_and_qualifier(given, arguments.get("qualifier"), context)
        account, region = module.api_utils.get_account_and_region(given, context)
        function = module.lambda_stores[account][region].functions.get(name)
        using = users(function.aliases, qualifier) if function is not None and qualifier else []
        if using:
            raise module.ResourceConflictException(
                f"Version {qualifier} of function {name} is currently referenced by aliases: {using}", Type="User"
            )
        return stock(self, *args, **kwargs)

    owner.delete_function = delete_function


def users(aliases: Mapping[str, Any], version: str) -> list[str]:
    """List the aliases that send requests to a version."""
    return sorted(name for name, alias in aliases.items() if version in _targets(alias))


def _targets(alias: Any) -> set[str]:
    routing = alias.routing_configuration
    return {alias.function_version} | (set(routing.version_weights) if routing else set())
