"""Job queues: create, describe, update, delete."""

from typing import Any

from slipway_localstack.batch import compute_environments
from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import Place, resource_name
from slipway_localstack.batch.pagination import paged
from slipway_localstack.batch.records import JobQueue, Json
from slipway_localstack.batch.scheduling_policies import check_reference
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import check_choice, check_name, check_range, check_tags, require

KIND = "job-queue"
STATES = ("ENABLED", "DISABLED")
MAX_ENVIRONMENTS = 3
MAX_STATE_LIMIT_SECONDS = 86_400
MAX_QUEUE_PRIORITY = 2**31 - 1


def find(store: BatchStore, name_or_arn: str) -> JobQueue | None:
    """Return the queue with that name or ARN, None if there is none."""
    name = resource_name(name_or_arn, KIND)
    found = store.job_queues.get(name) if name else None
    return found if found and name_or_arn in (found.name, found.arn) else None


def get(store: BatchStore, name_or_arn: str) -> JobQueue:
    """Return the queue with that name or ARN, or refuse."""
    found = find(store, name_or_arn)
    if found is None:
        raise ClientException(f"Job queue {name_or_arn} does not exist")
    return found


def create(store: BatchStore, place: Place, request: Json, minimum_limit: int) -> Json:
    """Create a queue; it is VALID at once."""
    require(request, "jobQueueName", "priority")
    name = request["jobQueueName"]
    check_name("jobQueueName", name)
    _check_common(request, minimum_limit)
    check_tags(request.get("tags"))
    if name in store.job_queues:
        raise ClientException(f"Job queue {name} already exists")
    detail: Json = {
        "jobQueueName": name,
        "jobQueueArn": place.arn(KIND, name),
        "state": request.get("state") or "ENABLED",
        "status": "VALID",
        "statusReason": "JobQueue Healthy",
        "priority": request["priority"],
        "computeEnvironmentOrder": _environment_order(store, request.get("computeEnvironmentOrder") or []),
        "serviceEnvironmentOrder": [],
        "jobQueueType": request.get("jobQueueType") or "ECS",
        "tags": dict(request.get("tags") or {}),
        "jobStateTimeLimitActions": list(request.get("jobStateTimeLimitActions") or []),
    }
    if request.get("schedulingPolicyArn"):
        detail["schedulingPolicyArn"] = check_reference(store, request["schedulingPolicyArn"])
    queue = JobQueue(name, detail)
    store.job_queues[name] = queue
    return _answer(queue)


def _check_common(request: Json, minimum_limit: int) -> None:
    check_choice("state", request.get("state"), STATES)
    check_range("priority", request.get("priority"), 0, MAX_QUEUE_PRIORITY)
    for index, action in enumerate(request.get("jobStateTimeLimitActions") or []):
        where = f"jobStateTimeLimitActions[{index}]"
        for field in ("reason", "state", "maxTimeSeconds", "action"):
            if action.get(field) is None:
                raise ClientException(f"{where}.{field} must be provided")
        check_choice(f"{where}.state", action["state"], ("RUNNABLE",))
        check_choice(f"{where}.action", action["action"], ("CANCEL", "TERMINATE"))
        check_range(f"{where}.maxTimeSeconds", action["maxTimeSeconds"], minimum_limit, MAX_STATE_LIMIT_SECONDS)


def _environment_order(store: BatchStore, entries: list[dict[str, Any]]) -> list[Json]:
    if not entries:
        raise ClientException("At least 1 compute environment must be provided")
    if len(entries) > MAX_ENVIRONMENTS:
        raise ClientException(f"At most {MAX_ENVIRONMENTS} compute environments can be provided, found {len(entries)}")
    order = []
    for entry in entries:
        name = entry.get("computeEnvironment")
        environment = compute_environments.find(store, name) if name else None
        if environment is None and name and not name.startswith("arn:"):
            raise ClientException(f"Compute environment {name} in computeEnvironmentOrder does not exist")
        if environment is None or entry.get("order") is None:
            raise ClientException("computeEnvironmentOrder is malformed")
        order.append({"order": entry["order"], "computeEnvironment": environment.arn})
    families = {compute_environments.get(store, entry["computeEnvironment"]).fargate for entry in order}
    if len(families) > 1:
        raise ClientException("computeEnvironmentOrder must not mix EC2 and Fargate compute environments")
    return sorted(order, key=lambda entry: int(entry["order"]))


def describe(store: BatchStore, request: Json) -> Json:
    """Describe the named queues, or all; unknown names are left out."""
    wanted = request.get("jobQueues")
    if wanted:
        found = [queue for each in wanted if (queue := find(store, each))]
    else:
        found = [store.job_queues[name] for name in sorted(store.job_queues)]
    return paged("jobQueues", [queue.detail for queue in found], request)


def update(store: BatchStore, request: Json, minimum_limit: int) -> Json:
    """Change state, priority, environments, policy and time limits; what is not named stays."""
    require(request, "jobQueue")
    queue = get(store, request["jobQueue"])
    _check_common(request, minimum_limit)
    changes = {
        key: request[key] for key in ("state", "priority", "jobStateTimeLimitActions") if request.get(key) is not None
    }
    if request.get("computeEnvironmentOrder") is not None:
        changes["computeEnvironmentOrder"] = _environment_order(store, request["computeEnvironmentOrder"])
    if request.get("schedulingPolicyArn"):
        if "schedulingPolicyArn" not in queue.detail:
            raise ClientException("A scheduling policy can't be added to a queue that was created without one")
        changes["schedulingPolicyArn"] = check_reference(store, request["schedulingPolicyArn"])
    queue.detail.update(changes)
    return _answer(queue)


def check_deletable(store: BatchStore, request: Json) -> JobQueue | None:
    """Return the disabled queue to delete, None if it is unknown; refuses one that is enabled."""
    require(request, "jobQueue")
    queue = find(store, request["jobQueue"])
    if queue is not None and queue.enabled:
        raise ClientException(f"Cannot delete job queue in state ENABLED: {queue.name}; disable it first")
    return queue


def _answer(queue: JobQueue) -> Json:
    return {"jobQueueName": queue.name, "jobQueueArn": queue.arn}
