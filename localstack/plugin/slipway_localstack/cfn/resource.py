"""What every type of this package shares: success, names, and deletion of what has gone already."""

from __future__ import annotations

import secrets
from typing import Any

from botocore.exceptions import ClientError
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceProvider

_GONE = ("NotFound", "DoesNotExist", "ResourceNotFoundException", "ResourceNotFound")
_NAME_LENGTH = 128


class Resource(ResourceProvider):
    """A type whose update is a new put, unless it says otherwise."""

    def create(self, request: Any) -> Any:
        """Make the resource."""
        return done(self.put(request, dict(request.desired_state)))

    def update(self, request: Any) -> Any:
        """Change the resource; what the service gave it (its ARN) is carried over."""
        return done(self.put(request, dict(request.previous_state or {}) | dict(request.desired_state)))

    def delete(self, request: Any) -> Any:
        """Remove the resource; one that is gone counts as removed."""
        try:
            self.remove(request, dict(request.desired_state))
        except ClientError as problem:
            if not _is_gone(problem):
                raise
        return done({})

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Make or change the resource and return the model with its read-only properties."""
        raise NotImplementedError

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Remove the resource."""
        raise NotImplementedError


def done(model: dict[str, Any]) -> Any:
    """Return the answer of a finished operation."""
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model)


def generated_name(request: Any) -> str:
    """Name a resource that the template does not name, as CloudFormation does: stack, logical id, random letters."""
    letters = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(12))
    return f"{request.stack_name}-{request.logical_resource_id}"[: _NAME_LENGTH - 13] + f"-{letters}"


def _is_gone(problem: ClientError) -> bool:
    code = str(problem.response.get("Error", {}).get("Code", ""))
    message = str(problem.response.get("Error", {}).get("Message", ""))
    return any(word in code for word in _GONE) or "does not exist" in message
