"""With CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES=0 LocalStack asks a catalogue on the internet which types it has.

Offline it then refuses every type. Here it asks its own plug-ins, ours among them, so that an unsupported type is
refused and everything else is not.
"""

from __future__ import annotations

from typing import Any

from slipway_localstack.patches.check import require


def apply() -> None:
    """Answer from the list of resource providers."""
    from localstack.services.cloudformation.engine.v2 import change_set_resource_support_checker as checker
    from localstack.services.cloudformation.resource_provider import plugin_manager
    from localstack.utils.catalog.common import CloudFormationResourcesSupportAtRuntime as Support

    owner = checker.ChangeSetResourceSupportChecker
    require(owner, "_resource_support_status", "resource_type")
    known = frozenset(plugin_manager.list_names())

    def status(_self: Any, resource_type: str) -> Any:
        return Support.AVAILABLE if is_known(resource_type, known) else Support.NOT_IMPLEMENTED

    owner._resource_support_status = status


def is_known(resource_type: str, known: frozenset[str]) -> bool:
    """Tell whether a type has a provider; every Custom:: type has the one of custom resources."""
    name = "AWS::CloudFormation::CustomResource" if resource_type.startswith("Custom::") else resource_type
    return name in known
