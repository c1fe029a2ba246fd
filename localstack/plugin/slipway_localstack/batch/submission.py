"""SubmitJob: from a request to a job, with the definition's values, the overrides and the parameters put together."""

import copy
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from slipway_localstack.batch import job_definitions, job_queues, pods
from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import Place
from slipway_localstack.batch.node_properties import main_container
from slipway_localstack.batch.nodes import add_nodes, node_containers
from slipway_localstack.batch.records import Job, JobDefinition, JobQueue, Json, now_millis
from slipway_localstack.batch.references import substitute
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import (
    MAX_PRIORITY,
    SHARE,
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

LEAST_ARRAY, MOST_ARRAY = 2, 10_000
MAX_DEPENDENCIES = 20
DEPENDENCY_TYPES = ("N_TO_N", "SEQUENTIAL")


def submit(store: BatchStore, place: Place, request: Json, minimum_timeout: int) -> Job:
    """Check a request and keep the new job in the store, SUBMITTED, with its children if it is an array."""
    require(request, "jobName", "jobQueue", "jobDefinition")
    check_name("jobName", request["jobName"])
    _check_values(request, minimum_timeout)
    queue = job_queues.get(store, request["jobQueue"])
    if not queue.enabled:
        raise ClientException(f"Job queue {queue.name} is DISABLED and takes no jobs")
    definition = job_definitions.get(store, request["jobDefinition"])
    if not definition.active:
        raise ClientException(f"Job definition {request['jobDefinition']} is INACTIVE")
    _check_share(request, queue)
    if definition.detail["type"] == "multinode":
        _check_nodes(request)
    size = _array_size(request)
    check_dependencies(store, request.get("dependsOn") or [], size)
    job = _new_job(place, request, queue, definition, size)
    for each in (*job.with_children(), *job.nodes):
        store.jobs[each.id] = each
    return job


def _check_values(request: Json, minimum_timeout: int) -> None:
    check_retry_strategy(request.get("retryStrategy"))
    check_timeout(request.get("timeout"), minimum_timeout)
    check_tags(request.get("tags"))
    check_range("schedulingPriorityOverride", request.get("schedulingPriorityOverride"), 0, MAX_PRIORITY)
    overrides = request.get("containerOverrides") or {}
    check_environment(overrides.get("environment"))
    check_requirements(overrides.get("resourceRequirements"))


def _check_share(request: Json, queue: JobQueue) -> None:
    share, fair = request.get("shareIdentifier"), "schedulingPolicyArn" in queue.detail
    if fair and not share:
        raise ClientException(f"Job queue {queue.name} has a scheduling policy: shareIdentifier must be provided")
    if share and not fair:
        raise ClientException(f"Job queue {queue.name} has no scheduling policy: shareIdentifier is not allowed")
    if share and not SHARE.match(share):
        raise ClientException(f"shareIdentifier must match the pattern {SHARE.pattern}, found '{share}'")


def _check_nodes(request: Json) -> None:
    for field in ("containerOverrides", "arrayProperties"):
        if request.get(field):
            raise ClientException(f"{field} is not allowed for a multi-node parallel job")


def _array_size(request: Json) -> int | None:
    size = (request.get("arrayProperties") or {}).get("size")
    check_range("arrayProperties.size", size, LEAST_ARRAY, MOST_ARRAY)
    return int(size) if size is not None else None


def check_dependencies(store: BatchStore, dependencies: Iterable[Json], size: int | None) -> None:
    """Refuse more than 20 dependencies, unknown jobs, and array dependencies without fitting arrays."""
    every = list(dependencies)
    if len(every) > MAX_DEPENDENCIES:
        raise ClientException(f"dependsOn can contain at most {MAX_DEPENDENCIES} entries, found {len(every)}")
    for dependency in every:
        kind, job_id = dependency.get("type"), dependency.get("jobId")
        if kind is not None and kind not in DEPENDENCY_TYPES:
            raise ClientException(f"dependsOn.type {kind} must be one of {' | '.join(DEPENDENCY_TYPES)}")
        if not job_id and not (kind == "SEQUENTIAL" and size):
            raise ClientException("dependsOn.jobId must be provided, except for an array job with type SEQUENTIAL")
        if job_id and job_id not in store.jobs:
            raise ClientException(f"Job {job_id} in dependsOn does not exist")
        if kind == "N_TO_N" and (not size or store.jobs[str(job_id)].array_size != size):
            raise ClientException(f"dependsOn N_TO_N needs two array jobs of the same size; job {job_id} is not one")


def _new_job(place: Place, request: Json, queue: JobQueue, definition: JobDefinition, size: int | None) -> Job:
    detail = definition.detail
    parameters = (detail.get("parameters") or {}) | (request.get("parameters") or {})
    strategy = request.get("retryStrategy") or detail.get("retryStrategy") or {}
    tags = request.get("tags") or {}
    propagate = request.get("propagateTags")
    pod = detail.get("eksProperties")
    job = Job(
        id=str(uuid.uuid4()),
        name=request["jobName"],
        place=place,
        queue_arn=queue.arn,
        definition=definition,
        created_at=now_millis(),
        parameters=parameters,
        container=effective_container(detail, request, parameters),
        pod=pods.overridden(pod, request.get("eksPropertiesOverride")) if pod else None,
        retry_strategy={"attempts": 1, "evaluateOnExit": []} | lower_actions(strategy),
        timeout=request.get("timeout") or detail.get("timeout"),
        tags=dict(tags),
        propagate_tags=bool(detail.get("propagateTags") if propagate is None else propagate),
        depends_on=list(request.get("dependsOn") or []),
        share_identifier=request.get("shareIdentifier"),
        scheduling_priority=request.get("schedulingPriorityOverride", detail.get("schedulingPriority")),
        array_size=size,
    )
    job.children = [_child(job, index) for index in range(size or 0)]
    if detail.get("nodeProperties"):
        add_nodes(job, _node_containers(detail["nodeProperties"], request), detail["nodeProperties"]["mainNode"])
    return job


def _node_containers(properties: Json, request: Json) -> list[Json]:
    containers = []
    for base, overrides in node_containers(properties, request.get("nodeOverrides") or {}):
        container = copy.deepcopy(base)
        for override in overrides:
            _apply(container, override)
        containers.append(container)
    return containers


def _child(parent: Job, index: int) -> Job:
    child = copy.copy(parent)
    child.id, child.parent = f"{parent.id}:{index}", parent
    child.array_size, child.array_index = None, index
    child.children, child.attempts, child.tags = [], [], dict(parent.tags)
    child.container = copy.deepcopy(parent.container)
    return child


def effective_container(definition: Json, request: Json, parameters: Mapping[str, str]) -> Json:
    """Return the container's properties with overrides and `Ref::` applied."""
    container = copy.deepcopy(_base_container(definition, request))
    for override in _overrides(request):
        _apply(container, override)
    container["command"] = substitute(container.get("command") or [], parameters)
    return container


def _base_container(definition: Json, request: Json) -> Json:
    if definition.get("containerProperties"):
        return dict(definition["containerProperties"])
    if definition.get("nodeProperties"):
        return main_container(definition["nodeProperties"])
    if definition.get("ecsProperties"):
        return dict(definition["ecsProperties"]["taskProperties"][0]["containers"][0])
    return pods.as_container(pods.overridden(definition["eksProperties"], request.get("eksPropertiesOverride")))


def _overrides(request: Json) -> Iterable[Json]:
    if request.get("containerOverrides"):
        yield request["containerOverrides"]
    for task in (request.get("ecsPropertiesOverride") or {}).get("taskProperties") or []:
        yield from task.get("containers") or []


def _apply(container: Json, override: Json) -> None:
    for key in ("command", "instanceType"):
        if override.get(key):
            container[key] = override[key]
    container["environment"] = _merged(container.get("environment"), override.get("environment"), "name")
    requirements = _merged(container.get("resourceRequirements"), override.get("resourceRequirements"), "type")
    for key, kind in (("vcpus", "VCPU"), ("memory", "MEMORY")):
        if override.get(key) is not None:
            container[key] = override[key]
            # The older field gives way where the definition already uses resourceRequirements.
            requirements = [
                each | {"value": str(override[key])} if each["type"] == kind else each for each in requirements
            ]
    container["resourceRequirements"] = requirements


def _merged(base: list[Json] | None, over: list[Json] | None, key: str) -> list[dict[str, Any]]:
    merged = {each.get(key): dict(each) for each in base or []}
    merged |= {each.get(key): dict(each) for each in over or []}
    return list(merged.values())
