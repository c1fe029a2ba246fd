"""Compute environments: create, describe, update, delete."""

import re
import uuid
from typing import Any

from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import Place, resource_name
from slipway_localstack.batch.pagination import paged
from slipway_localstack.batch.records import ComputeEnvironment, Json
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import check_choice, check_name, check_tags, require

KIND = "compute-environment"
STATES = ("ENABLED", "DISABLED")
RESOURCE_TYPES = ("EC2", "SPOT", "FARGATE", "FARGATE_SPOT")
STRATEGIES = (
    "BEST_FIT",
    "BEST_FIT_PROGRESSIVE",
    "SPOT_CAPACITY_OPTIMIZED",
    "SPOT_PRICE_CAPACITY_OPTIMIZED",
)
_INSTANCE_TYPE = re.compile(r"^[a-z]+(-\d+tb)?\d+[a-z0-9-]*(\.[a-z0-9-]+)?$|^optimal$|^default_(x86_64|arm64)$")
_EC2_ONLY = ("minvCpus", "desiredvCpus", "instanceTypes", "imageId", "ec2KeyPair", "instanceRole", "bidPercentage")
_REFUSED = "Error executing request, Exception : "


def find(store: BatchStore, name_or_arn: str) -> ComputeEnvironment | None:
    """Return the environment with that name or ARN, None if there is none."""
    name = resource_name(name_or_arn, KIND)
    found = store.compute_environments.get(name) if name else None
    return found if found and name_or_arn in (found.name, found.arn) else None


def get(store: BatchStore, name_or_arn: str) -> ComputeEnvironment:
    """Return the environment with that name or ARN, or refuse."""
    found = find(store, name_or_arn)
    if found is None:
        raise ClientException(f"Compute environment {name_or_arn} does not exist")
    return found


def create(store: BatchStore, place: Place, request: Json) -> Json:
    """Create an environment; it is VALID at once."""
    require(request, "computeEnvironmentName", "type")
    name = request["computeEnvironmentName"]
    check_name("computeEnvironmentName", name)
    _check_type(request)
    check_choice("state", request.get("state"), STATES)
    check_tags(request.get("tags"))
    if request["type"] == "MANAGED":
        _check_resources(request.get("computeResources"))
    elif request.get("computeResources"):
        raise ClientException(f"{_REFUSED}computeResources must not be specified for an UNMANAGED environment.")
    if name in store.compute_environments:
        raise ClientException(f"{_REFUSED}Object already exists, compute environment {name}")
    environment = ComputeEnvironment(name, _new_detail(place, request))
    store.compute_environments[name] = environment
    return _answer(environment)


def _check_type(request: Json) -> None:
    kind = request["type"]
    if kind in {"MANAGED", "UNMANAGED"}:
        return
    # What an unknown type needs cannot be known, so a missing role is reported with it.
    missing_role = "" if request.get("serviceRole") else "ServiceRole is required., "
    raise ClientException(f"{_REFUSED}{missing_role}type {kind} must be one of MANAGED | UNMANAGED")


def _check_resources(resources: Json | None) -> None:
    if not resources:
        raise ClientException(f"{_REFUSED}computeResources must be provided for a MANAGED compute environment.")
    check_choice("computeResources.type", resources.get("type"), RESOURCE_TYPES)
    require(resources, "type", "maxvCpus")
    check_choice("computeResources.allocationStrategy", resources.get("allocationStrategy"), STRATEGIES)
    _check_vcpus(resources)
    if resources["type"].startswith("FARGATE"):
        _check_fargate(resources)
    else:
        _check_ec2(resources)


def _check_vcpus(resources: Json) -> None:
    most, least, wanted = (resources.get(key) for key in ("maxvCpus", "minvCpus", "desiredvCpus"))
    if most is not None and most <= 0:
        raise ClientException(f"{_REFUSED}maxvCpus must be positive, found {most}.")
    if least is not None and least < 0:
        raise ClientException(f"{_REFUSED}minvCpus must be positive, found {least}.")
    if most is not None and least is not None and least > most:
        raise ClientException(f"{_REFUSED}minvCpus must not exceed maxvCpus, found {least} and {most}.")
    if wanted is not None and not (least or 0) <= wanted <= (most if most is not None else wanted):
        raise ClientException(f"{_REFUSED}desiredvCpus must be between minvCpus and maxvCpus, found {wanted}.")


def _check_fargate(resources: Json) -> None:
    unfit = [key for key in _EC2_ONLY if resources.get(key) not in (None, [])]
    if unfit:
        raise ClientException(f"{_REFUSED}{', '.join(unfit)} must not be specified for Fargate resources.")


def _check_ec2(resources: Json) -> None:
    if not resources.get("instanceRole"):
        raise ClientException(f"{_REFUSED}Instance role is required.")
    if resources.get("minvCpus") is None:
        raise ClientException(f"{_REFUSED}Resource minvCpus is required.")
    for instance_type in resources.get("instanceTypes") or []:
        if not _INSTANCE_TYPE.match(instance_type):
            raise ClientException(f"{_REFUSED}Instance type {instance_type} does not exist.")
    if not resources.get("subnets"):
        raise ClientException(f"{_REFUSED}At least 1 subnet must be provided.")


def _new_detail(place: Place, request: Json) -> Json:
    name = request["computeEnvironmentName"]
    identity = str(uuid.uuid4())
    detail: Json = {
        "computeEnvironmentName": name,
        "computeEnvironmentArn": place.arn(KIND, name),
        "ecsClusterArn": place.foreign_arn("ecs", f"cluster/{name}_Batch_{identity}"),
        "tags": dict(request.get("tags") or {}),
        "type": request["type"],
        "state": request.get("state") or "ENABLED",
        "status": "VALID",
        "statusReason": "ComputeEnvironment Healthy",
        "serviceRole": request.get("serviceRole")
        or f"arn:aws:iam::{place.account}:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch",
        "containerOrchestrationType": "EKS" if request.get("eksConfiguration") else "ECS",
        "uuid": identity,
    }
    for key in ("unmanagedvCpus", "eksConfiguration", "context"):
        if request.get(key) is not None:
            detail[key] = request[key]
    if request["type"] == "MANAGED":
        detail["computeResources"] = dict(request["computeResources"])
    return detail


def describe(store: BatchStore, request: Json) -> Json:
    """Describe the named environments, or all; unknown names are left out."""
    wanted = request.get("computeEnvironments")
    if wanted:
        found = [environment for each in wanted if (environment := find(store, each))]
    else:
        found = [store.compute_environments[name] for name in sorted(store.compute_environments)]
    return paged("computeEnvironments", [environment.detail for environment in found], request)


def update(store: BatchStore, request: Json) -> Json:
    """Change state, role, limits and resources; what is not named stays."""
    require(request, "computeEnvironment")
    environment = get(store, request["computeEnvironment"])
    check_choice("state", request.get("state"), STATES)
    resources: dict[str, Any] | None = None
    if request.get("computeResources"):
        if environment.detail["type"] != "MANAGED":
            raise ClientException(f"{_REFUSED}computeResources must not be specified for an UNMANAGED environment.")
        # updateToLatestImageVersion is a command, not a property.
        given = {k: v for k, v in request["computeResources"].items() if k != "updateToLatestImageVersion"}
        resources = environment.detail["computeResources"] | given
        _check_resources(resources)
    for key in ("state", "serviceRole", "unmanagedvCpus", "updatePolicy", "context"):
        if request.get(key) is not None:
            environment.detail[key] = request[key]
    if resources is not None:
        environment.detail["computeResources"] = resources
    return _answer(environment)


def delete(store: BatchStore, request: Json) -> Json:
    """Delete a disabled environment that no queue uses; deleting an unknown one does nothing."""
    require(request, "computeEnvironment")
    environment = find(store, request["computeEnvironment"])
    if environment is None:
        return {}
    if environment.detail["state"] != "DISABLED":
        raise ClientException("Cannot delete, found existing compute environment in state ENABLED; disable it first")
    for queue in store.job_queues.values():
        if any(entry["computeEnvironment"] == environment.arn for entry in queue.detail["computeEnvironmentOrder"]):
            raise ClientException(f"Cannot delete, found existing JobQueue relationship: {queue.name}")
    del store.compute_environments[environment.name]
    store.former_clusters.append(environment.detail["ecsClusterArn"])
    return {}


def _answer(environment: ComputeEnvironment) -> Json:
    return {"computeEnvironmentName": environment.name, "computeEnvironmentArn": environment.arn}
