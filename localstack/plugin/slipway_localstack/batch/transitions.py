"""What moves a job from state to state, apart from running it: dependencies, array parents, cancelling."""

from collections.abc import Callable
from enum import Enum, auto

from slipway_localstack.batch.records import ENDED, WAITING, Job, Status, now_millis
from slipway_localstack.batch.store import BatchStore

type Announce = Callable[[Job], None]
"""Called after every change of state."""

DEPENDENCY_FAILED = "Dependent Job failed"
CHILD_FAILED = "Array Child Job failed"


class Readiness(Enum):
    """What a job's dependencies say."""

    READY = auto()
    WAITING = auto()
    FAILED = auto()


def move(job: Job, status: Status, announce: Announce, reason: str | None = None) -> None:
    """Put a job into a state, keep the times that go with it, and announce it."""
    if job.status == status:
        return
    job.status = status
    job.status_reason = reason
    for node in job.nodes:
        if status is not Status.RUNNING and not (status in ENDED and node.ended):
            node.status, node.status_reason = status, reason
    if status is Status.RUNNABLE:
        job.runnable_at = now_millis()
    else:
        job.blocked_reason = job.blocked_since = None
    if status in ENDED:
        job.stopped_at = job.stopped_at or now_millis()
    announce(job)


def readiness(store: BatchStore, job: Job) -> Readiness:
    """Look at the jobs that this one waits for; a job that is no longer known counts as succeeded."""
    targets = [target for dependency in job.depends_on for target in _targets(store, job, dependency)]
    if any(target.status is Status.FAILED for target in targets):
        return Readiness.FAILED
    if all(target.status is Status.SUCCEEDED for target in targets):
        return Readiness.READY
    return Readiness.WAITING


def _targets(store: BatchStore, job: Job, dependency: dict[str, str]) -> list[Job]:
    target = store.jobs.get(dependency.get("jobId") or "")
    if target is None:
        before = (job.array_index or 0) - 1
        sequential = dependency.get("type") == "SEQUENTIAL" and job.parent is not None and before >= 0
        return [job.parent.children[before]] if sequential and job.parent is not None else []
    if dependency.get("type") == "N_TO_N" and job.array_index is not None:
        return [target.children[job.array_index]]
    return [target]


def advance(store: BatchStore, job: Job, announce: Announce) -> None:
    """Move a SUBMITTED or PENDING job on as far as its dependencies allow; array parents follow their children."""
    if job.is_array:
        roll_up(job, announce)
    elif job.status in (Status.SUBMITTED, Status.PENDING):
        state = readiness(store, job)
        if state is Readiness.FAILED:
            move(job, Status.FAILED, announce, DEPENDENCY_FAILED)
        elif state is Readiness.READY:
            move(job, Status.RUNNABLE, announce)
        else:
            move(job, Status.PENDING, announce)


def roll_up(parent: Job, announce: Announce) -> None:
    """Give an array parent the state that its children make: PENDING until all have ended."""
    if parent.ended:
        return
    statuses = {child.status for child in parent.children}
    if statuses <= ENDED:
        starts = [child.started_at for child in parent.children if child.started_at is not None]
        parent.started_at = min(starts, default=None)
        failed = Status.FAILED in statuses
        reason = (parent.stop_reason or CHILD_FAILED) if failed else None
        move(parent, Status.FAILED if failed else Status.SUCCEEDED, announce, reason)
    elif statuses != {Status.SUBMITTED}:
        move(parent, Status.PENDING, announce)


def cancel(job: Job, reason: str, announce: Announce) -> None:
    """Fail a job that has not started; one that is STARTING or RUNNING goes on. Arrays: every child likewise."""
    waiting = [each for each in job.with_children() if each.status in WAITING and not each.is_array]
    for each in waiting:
        each.is_cancelled = True
        move(each, Status.FAILED, announce, reason)
    if job.is_array and waiting:
        job.is_cancelled, job.stop_reason = True, reason
        roll_up(job, announce)
