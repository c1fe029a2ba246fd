"""UpdateAlias with weights: stock LocalStack forgets an argument of its own function and raises TypeError.

As in AWS the weights are checked against the version that the alias will point to. The whole update holds the
function's lock, so that of two updates with the same RevisionId only one succeeds.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from typing import Any

from slipway_localstack.patches.check import require


class Weights(dict[str, float]):
    """Weights that know which version they are added to."""

    def __init__(self, weights: Mapping[str, float], version: Any) -> None:
        super().__init__(weights)
        self.version = version


def apply() -> None:
    """Hand the missing version over, under the function's lock."""
    from localstack.services.lambda_ import provider as module

    owner = module.LambdaProvider
    stock_update = require(owner, "update_alias", "function_name", "name", "function_version", "routing_config")
    stock_model = require(owner, "_create_routing_config_model", "routing_config_dict", "function_version")
    require(owner, "_get_function", "function_name", "region", "account_id")
    signature = inspect.signature(stock_update)

    @functools.wraps(stock_update)
    def update_alias(self: Any, *args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(self, *args, **kwargs)
        function = _function(module, bound.arguments)
        with function.lock:
            routing = bound.arguments.get("routing_config") or {}
            alias = function.aliases.get(bound.arguments["name"])
            if alias is not None and routing.get("AdditionalVersionWeights"):
                version = bound.arguments.get("function_version") or alias.function_version
                bound.arguments["routing_config"] = {
                    "AdditionalVersionWeights": Weights(
                        routing["AdditionalVersionWeights"], _version(module, function, version)
                    )
                }
            return stock_update(*bound.args, **bound.kwargs)

    @functools.wraps(stock_model)
    def model(self: Any, routing_config_dict: Any, function_version: Any = None) -> Any:
        return stock_model(self, dict(routing_config_dict), function_version or routing_config_dict.version)

    owner.update_alias = update_alias
    owner._create_routing_config_model = model


def _function(module: Any, arguments: Mapping[str, Any]) -> Any:
    context, name = arguments["context"], arguments["function_name"]
    account, region = module.api_utils.get_account_and_region(name, context)
    short = module.api_utils.get_function_name(name, context)
    return module.LambdaProvider._get_function(function_name=short, account_id=account, region=region)


def _version(module: Any, function: Any, qualifier: str) -> Any:
    found = function.versions.get(qualifier)
    if found is None:
        arn = f"{function.latest().id.unqualified_arn()}:{qualifier}"
        raise module.ResourceNotFoundException(f"Function not found: {arn}", Type="User")
    return found
