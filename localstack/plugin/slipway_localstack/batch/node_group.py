"""One attempt of a multi-node parallel job: its nodes side by side, as the main node says."""

import threading
from collections.abc import Callable
from dataclasses import replace

from slipway_localstack.batch.records import Attempt, Job, Status, now_millis
from slipway_localstack.batch.retry import Outcome
from slipway_localstack.batch.scheduler import AttemptRun, Scheduler
from slipway_localstack.batch.settings import CurrentSettings

AFTER_MAIN_SECONDS = 1.0
"""How long the other nodes may go on after the main one; AWS ends them with it."""
MAIN_ENDED = "Main node ended"

type NewNodeRun = Callable[["NodeGroup", Job, Attempt], AttemptRun]


class NodeGroup:
    """Runs the nodes; the main node's start, end and outcome are those of the job."""

    def __init__(self, scheduler: Scheduler, job: Job, attempt: Attempt, new_run: NewNodeRun) -> None:
        self.settings: CurrentSettings = scheduler.settings
        self._scheduler, self._job = scheduler, job
        self._result: tuple[Outcome, bool] | None = None
        self._left = {node.id for node in job.nodes}
        self._runs = [new_run(self, node, self._begin(node, attempt)) for node in job.nodes]

    def _begin(self, node: Job, attempt: Attempt) -> Attempt:
        node.environment_name = self._job.environment_name
        node.started_at = node.stopped_at = None
        node.current = replace(attempt, task_arn=f"{attempt.task_arn}-{node.node_index}")
        return node.current

    def start(self) -> None:
        """Start every node."""
        for run in self._runs:
            run.start()

    def stop(self, status_reason: str) -> None:
        """Ask every node to end."""
        for run in self._runs:
            run.stop(status_reason)

    def started(self, node: Job) -> None:
        """Note that a node's process runs."""
        with self._scheduler.changing():
            node.status = Status.RUNNING
            node.started_at = now_millis()
            if node.node_index == self._job.main_node:
                self._scheduler.started(self._job)

    def ended(self, node: Job, outcome: Outcome, retryable: bool) -> None:
        """Note how a node ended; the job ends when all have."""
        with self._scheduler.changing():
            self._note(node, outcome)
            if node.node_index == self._job.main_node:
                self._result = outcome, retryable
                timer = threading.Timer(AFTER_MAIN_SECONDS, self.stop, (MAIN_ENDED,))
                timer.daemon = True
                timer.start()
            self._left.discard(node.id)
            if not self._left and self._result is not None:
                self._scheduler.ended(self._job, *self._result)

    def _note(self, node: Job, outcome: Outcome) -> None:
        node.status = Status.SUCCEEDED if outcome.exit_code == 0 else Status.FAILED
        node.status_reason, node.stopped_at = outcome.status_reason, now_millis()
        attempt, node.current = node.current, None
        if attempt is not None:
            attempt.started_at, attempt.stopped_at = node.started_at, node.stopped_at
            attempt.exit_code, attempt.reason = outcome.exit_code, outcome.reason or None
            attempt.status_reason = outcome.status_reason
            node.attempts.append(attempt)
