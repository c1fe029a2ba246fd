"""Changes to LocalStack 4.14.0's Step Functions around Batch. Each one asserts what it changes.

Stock: an execution that is stopped or times out leaves its job running, and SubmitJob loses the parameters that came
after the first release of the integration.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slipway_localstack.patches.check import PatchError, require

REASON = "Terminated because the Step Functions execution no longer waits for it"
PARAMETERS = frozenset(
    {
        "EcsPropertiesOverride",
        "EksPropertiesOverride",
        "NodeOverrides",
        "PropagateTags",
        "SchedulingPriorityOverride",
        "ShareIdentifier",
    }
)
"""What SubmitJob takes besides what LocalStack forwards (Step Functions developer guide, AWS Batch integration)."""

type Resolver = Callable[[], Any]


def apply() -> None:
    """Forward every parameter, and end a job with the state that waits for it."""
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
        state_task_service_batch as module,
    )

    forward(getattr(module, "_SUPPORTED_API_PARAM_BINDINGS", None))
    task: Any = require(module, "StateTaskServiceBatch")
    client_for = require(module, "boto_client_for", "service", "region", "state_credentials")
    build = require(task, "_build_sync_resolver", "env", "resource_runtime_part", "normalised_parameters")
    task._build_sync_resolver = remembering(build, client_for)
    task._eval_sync = ending(require(task, "_eval_sync", "env", "sync_resolver"))


def forward(bindings: Any) -> None:
    """Add the parameters to those that LocalStack forwards."""
    if not isinstance(bindings, dict) or not isinstance(bindings.get("submitjob"), set):
        raise PatchError("Step Functions keeps no list of SubmitJob's parameters; written for LocalStack 4.14.0")
    bindings["submitjob"].update(PARAMETERS)


class WatchedJob:
    """Asks whether a job is over, and can end it."""

    def __init__(self, ask: Resolver, client: Any, job_id: str) -> None:
        self._ask, self._client, self._job_id = ask, client, job_id

    def __call__(self) -> Any:
        """Return the job once it is over, None before."""
        return self._ask()

    def end(self) -> None:
        """Terminate the job; one that is over stays as it is."""
        self._client.terminate_job(jobId=self._job_id, reason=REASON)


def remembering(build: Callable[..., Resolver], client_for: Callable[..., Any]) -> Callable[..., WatchedJob]:
    """Wrap the function that builds the question, so that the job can be ended too."""

    def build_watched(
        task: Any, env: Any, resource_runtime_part: Any, normalised_parameters: Any, state_credentials: Any
    ) -> WatchedJob:
        job_id = str(env.stack[-1]["JobId"])
        ask = build(task, env, resource_runtime_part, normalised_parameters, state_credentials)
        region = resource_runtime_part.region
        return WatchedJob(ask, client_for(service="batch", region=region, state_credentials=state_credentials), job_id)

    return build_watched


def ending(wait: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the function that waits: a job that nobody waits for any more is ended."""

    def wait_or_end(task: Any, env: Any, sync_resolver: WatchedJob, **others: Any) -> Any:
        try:
            return wait(task, env=env, sync_resolver=sync_resolver, **others)
        finally:
            if not env.is_running():
                sync_resolver.end()

    return wait_or_end
