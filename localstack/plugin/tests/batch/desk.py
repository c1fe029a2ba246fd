"""The Batch API without LocalStack: attempts are started and ended by the test, time moves by ticks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from localstack.aws.api import CommonServiceException

from slipway_localstack.batch.provider import BatchProvider
from slipway_localstack.batch.records import Attempt, ComputeEnvironment, Job, now_millis
from slipway_localstack.batch.retry import Outcome
from slipway_localstack.batch.scheduler import Scheduler
from slipway_localstack.batch.settings import CurrentSettings, Settings

EXITED = "Essential container in task exited"
RESOURCES = {
    "type": "EC2",
    "minvCpus": 0,
    "maxvCpus": 4,
    "instanceRole": "arn:aws:iam::000000000000:instance-profile/batch",
    "instanceTypes": ["optimal"],
    "subnets": ["subnet-1"],
    "securityGroupIds": ["sg-1"],
}
CONTAINER = {"image": "busybox", "vcpus": 1, "memory": 128, "command": ["true"]}


class FakeRun:
    """An attempt that runs until the test ends it."""

    def __init__(self, scheduler: Scheduler, job: Job, attempt: Attempt, environment: ComputeEnvironment) -> None:
        self.scheduler, self.job, self.attempt, self.environment = scheduler, job, attempt, environment
        self.stopped_because: str | None = None

    def start(self) -> None:
        """Do nothing: the test says when the process runs."""

    def stop(self, status_reason: str) -> None:
        """Keep the first reason."""
        self.stopped_because = self.stopped_because or status_reason

    def run(self) -> None:
        """Let the process start."""
        self.scheduler.started(self.job)

    def end(self, code: int | None = 0, reason: str = "", status_reason: str = EXITED, retryable: bool = True) -> None:
        """Let the process end."""
        self.scheduler.ended(self.job, Outcome(code, reason, status_reason), retryable)


class Desk:
    """A provider with one compute environment `ce`, one queue `q` and one definition `d`."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.changes: list[tuple[str, str]] = []
        self.runs: dict[str, FakeRun] = {}
        current = CurrentSettings(settings or Settings())
        self.scheduler = Scheduler(current, self._announce, threaded=False)
        self.scheduler.new_run = self._new_run
        self.provider = BatchProvider(current, self.scheduler)

    def _announce(self, job: Job) -> None:
        self.changes.append((job.id, str(job.status)))

    def _new_run(self, job: Job, attempt: Attempt, environment: ComputeEnvironment) -> FakeRun:
        self.runs[job.id] = FakeRun(self.scheduler, job, attempt, environment)
        return self.runs[job.id]

    def call(self, operation: str, **request: Any) -> dict[str, Any]:
        """Call an operation by its name in boto3, with the API's own field names."""
        context = SimpleNamespace(account_id="000000000000", region="us-east-1")
        answer: dict[str, Any] = getattr(self.provider, operation)(context, request)
        return answer

    def refused(self, operation: str, **request: Any) -> str:
        """Call an operation that must fail as a ClientException; return its message."""
        with pytest.raises(CommonServiceException) as caught:
            self.call(operation, **request)
        assert caught.value.code == "ClientException"
        assert caught.value.status_code == 400
        return str(caught.value.message)

    def furnish(self, **environment: Any) -> Desk:
        """Make `ce`, `q` and `d`."""
        self.environment("ce", **environment)
        self.queue("q", "ce")
        self.define("d")
        return self

    def environment(self, name: str, **resources: Any) -> None:
        """Make a compute environment."""
        self.call(
            "create_compute_environment",
            computeEnvironmentName=name,
            type="MANAGED",
            computeResources=RESOURCES | resources,
        )

    def queue(self, name: str, *environments: str, priority: int = 1, **more: Any) -> None:
        """Make a job queue."""
        order = [{"order": index, "computeEnvironment": each} for index, each in enumerate(environments)]
        self.call("create_job_queue", jobQueueName=name, priority=priority, computeEnvironmentOrder=order, **more)

    def define(self, name: str, container: dict[str, Any] | None = None, **more: Any) -> str:
        """Register a revision; return its ARN."""
        properties = CONTAINER | (container or {})
        answer = self.call(
            "register_job_definition", jobDefinitionName=name, type="container", containerProperties=properties, **more
        )
        return str(answer["jobDefinitionArn"])

    def submit(self, **more: Any) -> str:
        """Submit a job; return its id."""
        request = {"jobName": "job", "jobQueue": "q", "jobDefinition": "d"} | more
        return str(self.call("submit_job", **request)["jobId"])

    def tick(self, after_millis: int = 0) -> None:
        """Let the scheduler do what is to be done now, or that much later."""
        self.scheduler.tick(now_millis() + after_millis)

    def job(self, job_id: str) -> dict[str, Any]:
        """Describe one job."""
        found: dict[str, Any] = self.call("describe_jobs", jobs=[job_id])["jobs"][0]
        return found

    def status(self, job_id: str) -> str:
        """Return a job's state."""
        return str(self.job(job_id)["status"])

    def finish(self, job_id: str, code: int = 0, **outcome: Any) -> None:
        """Let a job that can start run and end."""
        self.tick()
        self.runs[job_id].run()
        self.runs[job_id].end(code, **outcome)
        self.tick()
