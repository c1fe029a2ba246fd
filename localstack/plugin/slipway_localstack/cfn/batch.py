"""AWS::Batch::ComputeEnvironment, JobQueue and JobDefinition by calls to Batch."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, ClassVar

from slipway_localstack.cfn.arguments import arguments
from slipway_localstack.cfn.resource import Resource, done, generated_name

_SETTLE_SECONDS = 30.0


class BatchStateError(Exception):
    """A Batch resource did not become what it should; the message holds Batch's own reason."""


def _without(model: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in model.items() if key not in names}


def _wait(describe: Callable[[], dict[str, Any] | None], wanted: str) -> None:
    """Wait until a described resource has the wanted status ("" means gone)."""
    deadline = time.monotonic() + _SETTLE_SECONDS
    while (found := describe()) is not None:
        if found["status"] == wanted:
            return
        if found["status"] == "INVALID" or time.monotonic() > deadline:
            raise BatchStateError(
                f"expected status {wanted or 'DELETED'}, found {found['status']}: {found.get('statusReason', '')}"
            )
        time.sleep(0.05)


class ComputeEnvironment(Resource):
    """A compute environment; Ref gives its ARN."""

    TYPE = "AWS::Batch::ComputeEnvironment"
    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/ComputeEnvironmentArn"],
        "readOnlyProperties": ["/properties/ComputeEnvironmentArn"],
        "createOnlyProperties": ["/properties/ComputeEnvironmentName", "/properties/Type", "/properties/Tags"],
    }
    _CFN_ONLY = ("ReplaceComputeEnvironment", "ComputeEnvironmentArn")

    def create(self, request: Any) -> Any:
        """Create it and wait until it is VALID."""
        batch, model = request.aws_client_factory.batch, dict(request.desired_state)
        model.setdefault("ComputeEnvironmentName", generated_name(request))
        wanted = _without(model, *self._CFN_ONLY)
        if "ComputeResources" in wanted:
            # Both belong to updates only: at creation CloudFormation does not send them either.
            wanted["ComputeResources"] = _without(
                wanted["ComputeResources"], "UpdateToLatestImageVersion", "PlacementGroup"
            )
        made = batch.create_compute_environment(**arguments(batch, "create_compute_environment", wanted))
        model["ComputeEnvironmentArn"] = made["computeEnvironmentArn"]
        _wait(lambda: _compute_environment(batch, made["computeEnvironmentArn"]), "VALID")
        return done(model)

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Update what the API can change in place."""
        batch, arn = request.aws_client_factory.batch, model["ComputeEnvironmentArn"]
        wanted = _without(model, *self._CFN_ONLY, "ComputeEnvironmentName", "Type", "Tags", "EksConfiguration")
        if "ComputeResources" in wanted:
            wanted["ComputeResources"] = _without(wanted["ComputeResources"], "SpotIamFleetRole")
        batch.update_compute_environment(
            **arguments(batch, "update_compute_environment", wanted | {"ComputeEnvironment": arn})
        )
        _wait(lambda: _compute_environment(batch, arn), "VALID")
        return model

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Disable it, as the API demands, and delete it."""
        batch, arn = request.aws_client_factory.batch, model["ComputeEnvironmentArn"]
        if _compute_environment(batch, arn) is None:
            return
        batch.update_compute_environment(computeEnvironment=arn, state="DISABLED")
        _wait(lambda: _compute_environment(batch, arn), "VALID")
        batch.delete_compute_environment(computeEnvironment=arn)
        _wait(lambda: _compute_environment(batch, arn), "DELETED")


def _compute_environment(batch: Any, arn: str) -> dict[str, Any] | None:
    found = batch.describe_compute_environments(computeEnvironments=[arn])["computeEnvironments"]
    return found[0] if found else None


class JobQueue(Resource):
    """A job queue; Ref gives its ARN."""

    TYPE = "AWS::Batch::JobQueue"
    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/JobQueueArn"],
        "readOnlyProperties": ["/properties/JobQueueArn"],
        "createOnlyProperties": ["/properties/JobQueueName", "/properties/Tags"],
    }

    def create(self, request: Any) -> Any:
        """Create it and wait until it is VALID."""
        batch, model = request.aws_client_factory.batch, dict(request.desired_state)
        model.setdefault("JobQueueName", generated_name(request))
        made = batch.create_job_queue(**arguments(batch, "create_job_queue", _without(model, "JobQueueArn")))
        model["JobQueueArn"] = made["jobQueueArn"]
        _wait(lambda: _job_queue(batch, made["jobQueueArn"]), "VALID")
        return done(model)

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Update it in place."""
        batch, arn = request.aws_client_factory.batch, model["JobQueueArn"]
        wanted = _without(model, "JobQueueArn", "JobQueueName", "Tags", "JobQueueType")
        batch.update_job_queue(**arguments(batch, "update_job_queue", wanted | {"JobQueue": arn}))
        _wait(lambda: _job_queue(batch, arn), "VALID")
        return model

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Disable it, as the API demands, and delete it."""
        batch, arn = request.aws_client_factory.batch, model["JobQueueArn"]
        if _job_queue(batch, arn) is None:
            return
        batch.update_job_queue(jobQueue=arn, state="DISABLED")
        _wait(lambda: _job_queue(batch, arn), "VALID")
        batch.delete_job_queue(jobQueue=arn)
        _wait(lambda: _job_queue(batch, arn), "DELETED")


def _job_queue(batch: Any, arn: str) -> dict[str, Any] | None:
    found = batch.describe_job_queues(jobQueues=[arn])["jobQueues"]
    return found[0] if found else None


class JobDefinition(Resource):
    """A job definition; Ref gives the ARN of its newest revision."""

    TYPE = "AWS::Batch::JobDefinition"
    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/JobDefinitionArn"],
        "readOnlyProperties": ["/properties/JobDefinitionArn"],
        "createOnlyProperties": ["/properties/JobDefinitionName"],
    }
    _CFN_ONLY = ("JobDefinitionArn", "ResourceRetentionPolicy")

    def create(self, request: Any) -> Any:
        """Register the first revision."""
        model = dict(request.desired_state)
        model.setdefault("JobDefinitionName", generated_name(request))
        return done(self._register(request, model))

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Register the next revision and retire the one before, as CloudFormation does."""
        before = model["JobDefinitionArn"]
        model = self._register(request, model)
        policy = model.get("ResourceRetentionPolicy", {})
        if not policy.get("SkipDeregisterOnUpdate") and model["JobDefinitionArn"] != before:
            request.aws_client_factory.batch.deregister_job_definition(jobDefinition=before)
        return model

    def _register(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        batch = request.aws_client_factory.batch
        wanted = arguments(batch, "register_job_definition", _without(model, *self._CFN_ONLY))
        return model | {"JobDefinitionArn": batch.register_job_definition(**wanted)["jobDefinitionArn"]}

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Deregister the revision."""
        request.aws_client_factory.batch.deregister_job_definition(jobDefinition=model["JobDefinitionArn"])
