"""A stage follows its new deployment. Stock LocalStack cannot update a stage, says so in its log only, and then deletes
the old deployment, and the stage with it: after a changed API every request gets a 404.
"""

from __future__ import annotations

from typing import Any

from slipway_localstack.patches.check import require, require_text

TEXTS = {"DeploymentId": "deploymentId", "Description": "description"}


def apply() -> None:
    """Give the stage's resource provider an update."""
    from localstack.services.apigateway.resource_providers import aws_apigateway_stage as module
    from localstack.services.cloudformation import resource_provider as providers

    owner = module.ApiGatewayStageProvider
    require(owner, "update", "request")
    require_text(owner, "update", "raise NotImplementedError")

    def update(self: Any, request: Any) -> Any:
        model = {**request.previous_state, **request.desired_state}
        operations = changes(request.previous_state, request.desired_state)
        if operations:
            request.aws_client_factory.apigateway.update_stage(
                restApiId=model["RestApiId"], stageName=model["StageName"], patchOperations=operations
            )
        return providers.ProgressEvent(status=providers.OperationStatus.SUCCESS, resource_model=model)

    owner.update = update


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """Return the patch operations of UpdateStage that lead from one state to the other."""
    operations = [
        {"op": "replace", "path": f"/{path}", "value": str(after[name])}
        for name, path in TEXTS.items()
        if after.get(name) is not None and after[name] != before.get(name)
    ]
    old, new = before.get("Variables") or {}, after.get("Variables") or {}
    for name in sorted(set(old) | set(new)):
        if name not in new:
            operations.append({"op": "remove", "path": f"/variables/{name}"})
        elif new[name] != old.get(name):
            operations.append({"op": "replace", "path": f"/variables/{name}", "value": str(new[name])})
    return operations
