"""Job definitions: register (a new revision each time), describe, deregister."""

import copy
from collections.abc import Iterable

from slipway_localstack.batch import pods
from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import Place, resource_name
from slipway_localstack.batch.node_properties import check_node_properties
from slipway_localstack.batch.pagination import paged
from slipway_localstack.batch.records import JobDefinition, Json
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import (
    MAX_PRIORITY,
    check_amount,
    check_choice,
    check_environment,
    check_name,
    check_range,
    check_requirements,
    check_retry_strategy,
    check_tags,
    check_timeout,
    lower_actions,
    require,
)

KIND = "job-definition"
TYPES = ("container", "multinode")
LEAST_MEMORY_MIB = 4
MAX_TOGETHER = 100
_STORED = (
    "parameters",
    "retryStrategy",
    "containerProperties",
    "timeout",
    "nodeProperties",
    "platformCapabilities",
    "ecsProperties",
    "eksProperties",
    "schedulingPriority",
    "propagateTags",
    "consumableResourceProperties",
)
_LISTS = ("command", "volumes", "environment", "mountPoints", "ulimits", "resourceRequirements", "secrets")


def find(store: BatchStore, reference: str) -> JobDefinition | None:
    """Return the definition behind `name`, `name:revision` or an ARN with or without revision.

    Without a revision it is the newest active one.
    """
    logical = resource_name(reference, KIND)
    if not logical:
        return None
    name, _, revision = logical.partition(":")
    revisions = store.job_definitions.get(name, [])
    if revision:
        chosen = [each for each in revisions if str(each.revision) == revision]
    else:
        chosen = [each for each in revisions if each.active]
    if not chosen:
        return None
    arn_fits = not reference.startswith("arn:") or chosen[-1].arn.startswith(reference.rsplit("/", 1)[0] + "/")
    return chosen[-1] if arn_fits else None


def get(store: BatchStore, reference: str) -> JobDefinition:
    """Return the definition, or refuse."""
    found = find(store, reference)
    if found is None:
        raise ClientException(f"Job definition {reference} does not exist")
    return found


def register(store: BatchStore, place: Place, request: Json, minimum_timeout: int) -> Json:
    """Register the next revision."""
    require(request, "jobDefinitionName", "type")
    name = request["jobDefinitionName"]
    check_name("jobDefinitionName", name)
    check_choice("type", request["type"], TYPES)
    check_retry_strategy(request.get("retryStrategy"))
    check_timeout(request.get("timeout"), minimum_timeout)
    check_tags(request.get("tags"))
    check_range("schedulingPriority", request.get("schedulingPriority"), 0, MAX_PRIORITY)
    for capability in request.get("platformCapabilities") or []:
        check_choice("platformCapabilities", capability, ("EC2", "FARGATE"))
    _check_content(request)
    revisions = store.job_definitions.setdefault(name, [])
    definition = JobDefinition(name, len(revisions) + 1, _new_detail(place, request, len(revisions) + 1))
    revisions.append(definition)
    return {"jobDefinitionName": name, "jobDefinitionArn": definition.arn, "revision": definition.revision}


def _check_content(request: Json) -> None:
    if request["type"] == "multinode":
        if request.get("containerProperties"):
            raise ClientException("containerProperties is not allowed for a multinode job definition")
        check_node_properties(request.get("nodeProperties"))
        return
    if request.get("nodeProperties"):
        raise ClientException("nodeProperties is not allowed for a container job definition")
    given = [key for key in ("containerProperties", "ecsProperties", "eksProperties") if request.get(key)]
    if len(given) != 1:
        raise ClientException(
            "A container job definition must contain exactly one of containerProperties, ecsProperties, eksProperties"
        )
    if request.get("containerProperties"):
        check_container(request["containerProperties"])
    if request.get("eksProperties"):
        pods.check_pod(request["eksProperties"])


def check_container(container: Json) -> None:
    """Refuse container properties without image, vCPUs or memory, or with wrong values."""
    if not container.get("image"):
        raise ClientException("containerProperties must contain image")
    check_requirements(container.get("resourceRequirements"))
    check_environment(container.get("environment"))
    required = {each["type"]: each["value"] for each in container.get("resourceRequirements") or []}
    memory = required.get("MEMORY", container.get("memory"))
    if memory is None:
        raise ClientException("containerProperties must contain memory")
    if check_amount("container memory", memory) < LEAST_MEMORY_MIB:
        raise ClientException(f"container memory limit must be at least {LEAST_MEMORY_MIB} MiB, found {memory}")
    vcpus = required.get("VCPU", container.get("vcpus"))
    if vcpus is None:
        raise ClientException("containerProperties must contain vcpus")
    check_amount("container vcpus limit", vcpus)


def _new_detail(place: Place, request: Json, revision: int) -> Json:
    name = request["jobDefinitionName"]
    detail: Json = {
        "jobDefinitionName": name,
        "jobDefinitionArn": place.arn(KIND, f"{name}:{revision}"),
        "revision": revision,
        "status": "ACTIVE",
        "type": request["type"],
        "parameters": {},
        "tags": dict(request.get("tags") or {}),
        "containerOrchestrationType": "EKS" if request.get("eksProperties") else "ECS",
    }
    detail |= {key: copy.deepcopy(request[key]) for key in _STORED if request.get(key) is not None}
    if "retryStrategy" in detail:
        detail["retryStrategy"] = lower_actions(detail["retryStrategy"])
    if "eksProperties" in detail:
        detail["eksProperties"] = pods.with_defaults(detail["eksProperties"])
    if "containerProperties" in detail:
        _add_defaults(detail["containerProperties"], "FARGATE" in detail.get("platformCapabilities", []))
    return detail


def _add_defaults(container: Json, fargate: bool) -> None:
    for key in _LISTS:
        container.setdefault(key, [])
    if fargate:
        container.setdefault("fargatePlatformConfiguration", {"platformVersion": "LATEST"})


def describe(store: BatchStore, request: Json) -> Json:
    """Describe by list of names, `name:revision` and ARNs, or by name, or by status."""
    wanted, name, status = (request.get(key) for key in ("jobDefinitions", "jobDefinitionName", "status"))
    if wanted:
        if name or status:
            raise ClientException("jobDefinitions can't be used together with jobDefinitionName or status")
        if len(wanted) > MAX_TOGETHER:
            raise ClientException(f"jobDefinitions can contain at most {MAX_TOGETHER} entries, found {len(wanted)}")
        every = [each for each in _all(store) if any(_is_meant(each, reference) for reference in wanted)]
    else:
        every = [each for each in _all(store) if name is None or each.name == name]
    if status:
        every = [each for each in every if each.detail["status"] == status]
    return paged("jobDefinitions", [each.detail for each in every], request)


def _all(store: BatchStore) -> Iterable[JobDefinition]:
    for name in sorted(store.job_definitions):
        yield from store.job_definitions[name]


def _is_meant(definition: JobDefinition, reference: str) -> bool:
    names = (
        (definition.arn, definition.arn.rpartition(":")[0])
        if reference.startswith("arn:")
        else (
            definition.name,
            f"{definition.name}:{definition.revision}",
        )
    )
    return reference in names


def deregister(store: BatchStore, request: Json) -> Json:
    """Make one revision INACTIVE; jobs that use it go on."""
    require(request, "jobDefinition")
    reference = request["jobDefinition"]
    logical = resource_name(reference, KIND) or ""
    if not logical.partition(":")[2].isdigit():
        raise ClientException(f"jobDefinition must be an ARN or a name with its revision, found '{reference}'")
    get(store, reference).detail["status"] = "INACTIVE"
    return {}
