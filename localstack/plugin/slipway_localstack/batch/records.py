"""What Batch remembers: environments, queues, definitions, policies and jobs."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from slipway_localstack.batch.names import Place

type Json = dict[str, Any]


def now_millis() -> int:
    """Return the time of day in milliseconds since 1970."""
    return int(time.time() * 1000)


class Status(StrEnum):
    """States of a job, in order."""

    SUBMITTED = "SUBMITTED"
    PENDING = "PENDING"
    RUNNABLE = "RUNNABLE"
    STARTING = "STARTING"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


ENDED = frozenset({Status.SUCCEEDED, Status.FAILED})
WAITING = frozenset({Status.SUBMITTED, Status.PENDING, Status.RUNNABLE})


@dataclass
class ComputeEnvironment:
    """A compute environment; `detail` is its API shape."""

    name: str
    detail: Json

    @property
    def arn(self) -> str:
        """The environment's ARN."""
        return str(self.detail["computeEnvironmentArn"])

    @property
    def enabled(self) -> bool:
        """Whether jobs may start here."""
        return bool(self.detail["state"] == "ENABLED" and self.detail["status"] == "VALID")

    @property
    def fargate(self) -> bool:
        """Whether jobs run on Fargate, which has no GPU."""
        return str((self.detail.get("computeResources") or {}).get("type", "")).startswith("FARGATE")

    @property
    def max_vcpus(self) -> float | None:
        """The vCPU limit; None for an unmanaged environment."""
        limit = (self.detail.get("computeResources") or {}).get("maxvCpus")
        return None if limit is None else float(limit)


@dataclass
class JobQueue:
    """A job queue; `detail` is its API shape."""

    name: str
    detail: Json

    @property
    def arn(self) -> str:
        """The queue's ARN."""
        return str(self.detail["jobQueueArn"])

    @property
    def priority(self) -> int:
        """Queues with a higher priority are served first."""
        return int(self.detail["priority"])

    @property
    def enabled(self) -> bool:
        """Whether the queue takes jobs in and lets them start."""
        return bool(self.detail["state"] == "ENABLED")


@dataclass
class JobDefinition:
    """One revision of a job definition; `detail` is its API shape."""

    name: str
    revision: int
    detail: Json

    @property
    def arn(self) -> str:
        """The ARN with the revision."""
        return str(self.detail["jobDefinitionArn"])

    @property
    def active(self) -> bool:
        """Whether jobs may be submitted with it."""
        return bool(self.detail["status"] == "ACTIVE")


@dataclass
class SchedulingPolicy:
    """A fair-share scheduling policy; `detail` is its API shape."""

    name: str
    detail: Json


@dataclass
class Attempt:
    """One try of a job. Times are milliseconds since 1970."""

    number: int
    log_group: str
    log_stream: str
    task_arn: str
    instance_arn: str
    started_at: int | None = None
    stopped_at: int | None = None
    exit_code: int | None = None
    reason: str | None = None
    status_reason: str | None = None


@dataclass
class Job:
    """A job, an array job's parent or an array job's child."""

    id: str
    name: str
    place: Place
    queue_arn: str
    definition: JobDefinition
    created_at: int
    parameters: dict[str, str]
    container: Json
    """The container's properties after overrides and `Ref::` substitution."""
    pod: Json | None
    """The EKS properties after overrides; None for other jobs."""
    retry_strategy: Json
    timeout: Json | None
    tags: dict[str, str]
    propagate_tags: bool = False
    depends_on: list[Json] = field(default_factory=list)
    share_identifier: str | None = None
    scheduling_priority: int | None = None
    array_size: int | None = None
    array_index: int | None = None
    parent: "Job | None" = None
    children: list["Job"] = field(default_factory=list)
    nodes: list["Job"] = field(default_factory=list)
    """The nodes of a multi-node parallel job."""
    node_index: int | None = None
    main_node: int = 0
    status: Status = Status.SUBMITTED
    status_reason: str | None = None
    started_at: int | None = None
    stopped_at: int | None = None
    runnable_at: int | None = None
    blocked_reason: str | None = None
    """Why a RUNNABLE job does not start."""
    blocked_since: int | None = None
    attempts: list[Attempt] = field(default_factory=list)
    current: Attempt | None = None
    environment_name: str | None = None
    """The compute environment that the job runs in."""
    is_cancelled: bool = False
    is_terminated: bool = False
    stop_reason: str | None = None

    @property
    def arn(self) -> str:
        """The job's ARN."""
        return self.place.arn("job", self.id)

    @property
    def ended(self) -> bool:
        """Whether the job is over."""
        return self.status in ENDED

    @property
    def is_array(self) -> bool:
        """Whether this is the parent of an array job."""
        return self.array_size is not None

    @cached_property
    def vcpus(self) -> float:
        """The vCPUs that the job asks for, 1 if it says nothing."""
        if self.nodes:
            return sum(node.vcpus for node in self.nodes)
        return required_amount(self.container, "VCPU", "vcpus") or 1.0

    @cached_property
    def gpus(self) -> float:
        """The GPUs that the job asks for."""
        return required_amount(self.container, "GPU", None) or 0.0

    def with_children(self) -> Iterator["Job"]:
        """Yield the job and its children."""
        yield self
        yield from self.children


def required_amount(container: Json, kind: str, plain: str | None) -> float | None:
    """Return an amount from `resourceRequirements`, else from the plain field; None without either."""
    for requirement in container.get("resourceRequirements") or []:
        if requirement.get("type") == kind:
            return float(requirement["value"])
    value = container.get(plain) if plain else None
    return None if value is None else float(value)
