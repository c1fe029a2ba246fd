"""Which RUNNABLE job starts next, where, and why one does not."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from slipway_localstack.batch.records import ComputeEnvironment, Job, JobQueue, Status
from slipway_localstack.batch.store import BatchStore

NO_CAPACITY = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"
NO_GPU = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"
TOO_LARGE = "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE"
_TEXTS = {
    NO_CAPACITY: f"{NO_CAPACITY} - No compute environment of the job queue is enabled and can give an instance.",
    NO_GPU: f"{NO_GPU} - The job asks for a GPU and no compute environment of the job queue has one.",
    TOO_LARGE: f"{TOO_LARGE} - The job asks for more vCPUs than maxvCpus of any compute environment of the job queue.",
}


def queue_of(store: BatchStore, job: Job) -> JobQueue | None:
    """Return the job's queue, None if it was deleted."""
    return store.job_queues.get(job.queue_arn.rpartition("/")[2])


def environments(store: BatchStore, queue: JobQueue | None, exhausted: Collection[str]) -> list[ComputeEnvironment]:
    """Return the queue's enabled compute environments in the queue's order, without the exhausted ones.

    `exhausted` names queues and compute environments that are said to have no capacity (setting `no_capacity`).
    """
    if queue is None or not queue.enabled or queue.name in exhausted:
        return []
    names = [entry["computeEnvironment"].rpartition("/")[2] for entry in queue.detail["computeEnvironmentOrder"]]
    found = [store.compute_environments.get(name) for name in names]
    return [each for each in found if each is not None and each.enabled and each.name not in exhausted]


def in_order(store: BatchStore, runnable: Iterable[Job], running: Sequence[Job]) -> list[Job]:
    """Sort: higher queue priority first, then the share that uses least, then job priority, then age."""
    used = Counter((job.queue_arn, job.share_identifier) for job in running)

    queues: dict[str, JobQueue | None] = {}

    def key(job: Job) -> tuple[float, ...]:
        if job.queue_arn not in queues:
            queues[job.queue_arn] = queue_of(store, job)
        queue = queues[job.queue_arn]
        priority = queue.priority if queue else 0
        usage = used[job.queue_arn, job.share_identifier] * _weight(store, queue, job) if job.share_identifier else 0.0
        return (-priority, usage, -(job.scheduling_priority or 0), job.created_at, job.array_index or 0)

    return sorted(runnable, key=key)


def _weight(store: BatchStore, queue: JobQueue | None, job: Job) -> float:
    """Return the share's weight factor: the larger, the more its running jobs count (default 1)."""
    arn = queue.detail.get("schedulingPolicyArn", "") if queue else ""
    policy = store.scheduling_policies.get(arn.rpartition("/")[2])
    for share in policy.detail["fairsharePolicy"]["shareDistribution"] if policy else []:
        identifier = share["shareIdentifier"]
        exact = identifier == job.share_identifier
        prefix = identifier.endswith("*") and (job.share_identifier or "").startswith(identifier[:-1])
        if exact or prefix:
            return float(share.get("weightFactor") or 1.0)
    return 1.0


def place_for(
    store: BatchStore, job: Job, running: Iterable[Job], exhausted: Collection[str] = ()
) -> ComputeEnvironment | None:
    """Return the first environment with room for the job, None if there is none now."""
    busy = Counter[str]()
    for other in running:
        if other.place == job.place and other.environment_name:
            busy[other.environment_name] += int(other.vcpus + 0.999)
    for environment in environments(store, queue_of(store, job), exhausted):
        limit = environment.max_vcpus
        if limit is None or busy[environment.name] + job.vcpus <= limit:
            return environment
    return None


def why_blocked(store: BatchStore, job: Job, exhausted: Collection[str] = ()) -> str | None:
    """Return the reason code for a job that cannot start however long it waits, None if it just waits."""
    available = environments(store, queue_of(store, job), exhausted)
    if not available:
        return NO_CAPACITY
    if job.gpus and all(environment.fargate for environment in available):
        return NO_GPU
    limits = [environment.max_vcpus for environment in available]
    return TOO_LARGE if all(limit is not None and job.vcpus > limit for limit in limits) else None


def reason_text(code: str) -> str:
    """Return the code with its explanation, as a job's statusReason."""
    return _TEXTS[code]


def mark_blocked(job: Job, code: str | None, now: int) -> None:
    """Keep why and since when (milliseconds) the job is blocked."""
    text = reason_text(code) if code else None
    if text != job.blocked_reason:
        job.blocked_reason, job.blocked_since = text, now if text else None


def overdue_action(store: BatchStore, job: Job, now: int, longest_seconds: int) -> tuple[str, str] | None:
    """Return action and reason of the queue's state time limit that the job has passed, None if there is none.

    A limit longer than `longest_seconds` counts as that.
    """
    queue = queue_of(store, job)
    if queue is None or job.status is not Status.RUNNABLE or job.blocked_since is None:
        return None
    for limit in queue.detail["jobStateTimeLimitActions"]:
        passed = now - job.blocked_since >= min(limit["maxTimeSeconds"], longest_seconds) * 1000
        if passed and (job.blocked_reason or "").startswith(limit["reason"]):
            return limit["action"], f"Canceled by JobStateTimeLimit action due to reason: {limit['reason']}"
    return None
