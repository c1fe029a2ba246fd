"""The thread that moves jobs through their states, and the lock under which everything changes."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from slipway_localstack.batch import queueing, transitions
from slipway_localstack.batch.log_names import log_group, log_stream
from slipway_localstack.batch.records import Attempt, ComputeEnvironment, Job, Status, now_millis
from slipway_localstack.batch.retry import Outcome, should_retry
from slipway_localstack.batch.settings import CurrentSettings
from slipway_localstack.batch.store import BatchStore

LOG = logging.getLogger(__name__)
TICK_SECONDS = 0.05


class AttemptRun(Protocol):
    """A running attempt."""

    def start(self) -> None:
        """Begin; returns at once."""

    def stop(self, status_reason: str) -> None:
        """Ask the attempt to end, whatever it does; returns at once."""


type NewRun = Callable[[Job, Attempt, ComputeEnvironment], AttemptRun]


class Scheduler:
    """Keeps the jobs that are not over and starts attempts, never more at once than the settings allow."""

    def __init__(self, settings: CurrentSettings, announce: transitions.Announce, *, threaded: bool = True) -> None:
        """Without a thread of its own, the caller moves the jobs by calling `tick`."""
        self.settings = settings
        self.announce = announce
        self.new_run: NewRun | None = None
        self._changed = threading.Condition(threading.RLock())
        self._active: dict[tuple[str, str, str], tuple[BatchStore, Job]] = {}
        self._running: dict[str, tuple[Job, AttemptRun]] = {}
        self._thread: threading.Thread | None = None
        self._threaded = threaded
        self._stopped = False

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock for a change (or a consistent look) and wake the thread afterwards."""
        with self._changed:
            yield
            self._changed.notify_all()

    def add(self, store: BatchStore, job: Job) -> None:
        """Take in a submitted job with its children; starts the thread with the first one."""
        with self.changing():
            for each in job.with_children():
                self._active[_key(each)] = (store, each)
                self.announce(each)
            if self._threaded and self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._loop, name="slipway-batch", daemon=True)
                self._thread.start()

    def cancel(self, job: Job, reason: str) -> None:
        """Cancel what has not started."""
        with self.changing():
            transitions.cancel(job, reason, self.announce)

    def terminate(self, job: Job, reason: str) -> None:
        """Cancel what has not started and stop what has."""
        with self.changing():
            if job.ended:
                return
            job.stop_reason = reason
            for each in job.with_children():
                if not each.ended:
                    each.is_terminated = True
            transitions.cancel(job, reason, self.announce)
            for each in job.with_children():
                each.is_cancelled = False
                if each.id in self._running:
                    self._running[each.id][1].stop(reason)

    def reclaim(self, job: Job) -> bool:
        """End a job's attempt as a Spot reclaim would; False if it does not run."""
        with self.changing():
            run = self._running.get(job.id)
            if run is not None and job.current is not None:
                instance = job.current.instance_arn.rpartition("/")[2]
                run[1].stop(f"Host EC2 (instance i-{instance[:17]}) terminated.")
            return run is not None

    def shut_down(self) -> None:
        """Stop the thread and all attempts; used when LocalStack ends."""
        with self.changing():
            self._stopped = True
            for _, run in self._running.values():
                run.stop("LocalStack stopped")

    def forget_all(self) -> None:
        """End every attempt and forget every job."""
        with self.changing():
            self._active.clear()
            for job, run in self._running.values():
                job.is_terminated = True
                run.stop("State was reset")

    def _loop(self) -> None:
        while not self._stopped:
            with self._changed:
                try:
                    self.tick(now_millis())
                except Exception:  # the thread must outlive one wrong job
                    LOG.exception("error=BATCH_TICK_FAILED")
                self._changed.wait(TICK_SECONDS if self._active else None)

    def tick(self, now: int) -> None:
        """Move every job on as far as it goes at this moment (milliseconds since 1970)."""
        with self._changed:
            # Arrays follow their children.
            for store, job in sorted(self._active.values(), key=lambda entry: entry[1].is_array):
                transitions.advance(store, job, self.announce)
            self._start_runnable(now)
            self._active = {key: entry for key, entry in self._active.items() if not entry[1].ended}

    def _start_runnable(self, now: int) -> None:
        while self._start_until_shares_change(now):
            pass

    def _start_until_shares_change(self, now: int) -> bool:
        """Start jobs in order; True if a started one changed the use of its share, and so the order of the others."""
        settings = self.settings.get()
        running = [job for job, _ in self._running.values()]
        heads: set[str] = set()
        full: set[tuple[str, float, float]] = set()
        reasons: dict[tuple[str, float, float], str | None] = {}  # an array's children ask thousands of times the same
        for store, job in self._waiting(running):
            need = (job.queue_arn, job.vcpus, job.gpus)
            if need not in reasons:
                reasons[need] = queueing.why_blocked(store, job, settings.no_capacity)
            blocked = reasons[need]
            queueing.mark_blocked(job, blocked, now)
            if job.queue_arn not in heads:
                heads.add(job.queue_arn)
                self._apply_time_limit(store, job, now)
            if blocked or job.status is not Status.RUNNABLE or need in full or len(running) >= settings.concurrency:
                continue
            environment = queueing.place_for(store, job, running, settings.no_capacity)
            if environment is None:
                full.add(need)
            else:
                self._start(job, environment)
                running.append(job)
                if job.share_identifier:
                    return True
        return False

    def _waiting(self, running: list[Job]) -> list[tuple[BatchStore, Job]]:
        by_store: dict[int, tuple[BatchStore, list[Job]]] = {}
        for store, job in self._active.values():
            if job.status is Status.RUNNABLE and not job.is_array:
                by_store.setdefault(id(store), (store, []))[1].append(job)
        return [(s, job) for s, jobs in by_store.values() for job in queueing.in_order(s, jobs, running)]

    def _apply_time_limit(self, store: BatchStore, job: Job, now: int) -> None:
        overdue = queueing.overdue_action(store, job, now, self.settings.get().longest_state_limit_seconds)
        if overdue is None:
            return
        action, reason = overdue
        if action == "CANCEL":
            self.cancel(job, reason)
        else:
            self.terminate(job, reason)

    def _start(self, job: Job, environment: ComputeEnvironment) -> None:
        if self.new_run is None:
            raise RuntimeError("the scheduler has no way to run jobs: set new_run first")
        job.environment_name = environment.name
        job.started_at = job.stopped_at = None
        job.current = new_attempt(job, environment)
        run = self.new_run(job, job.current, environment)
        self._running[job.id] = (job, run)
        transitions.move(job, Status.STARTING, self.announce)
        run.start()

    def started(self, job: Job) -> None:
        """Note that the attempt's process runs."""
        with self.changing():
            now = now_millis()
            job.started_at = now
            if job.current is not None:
                job.current.started_at = now
            transitions.move(job, Status.RUNNING, self.announce)

    def ended(self, job: Job, outcome: Outcome, retryable: bool) -> None:
        """Note how the attempt ended and decide what follows."""
        with self.changing():
            attempt = job.current
            if attempt is None:
                return
            job.current = None
            self._running.pop(job.id, None)
            attempt.stopped_at = now_millis()
            attempt.exit_code, attempt.reason = outcome.exit_code, outcome.reason or None
            attempt.status_reason = outcome.status_reason
            job.attempts.append(attempt)
            self._follow(job, attempt, outcome, retryable)

    def _follow(self, job: Job, attempt: Attempt, outcome: Outcome, retryable: bool) -> None:
        stopped = job.is_terminated or not retryable
        if outcome.exit_code == 0 and not stopped:
            job.stopped_at = attempt.stopped_at
            transitions.move(job, Status.SUCCEEDED, self.announce)
        elif not stopped and should_retry(job.retry_strategy, len(job.attempts), outcome):
            transitions.move(job, Status.RUNNABLE, self.announce)
        else:
            job.stopped_at = attempt.stopped_at
            transitions.move(job, Status.FAILED, self.announce, outcome.status_reason)
        LOG.info("job=%s attempt=%d exit=%s status=%s", job.id, attempt.number, outcome.exit_code, job.status)

    def wait_idle(self, seconds: float) -> bool:
        """Wait until no attempt runs; False if some still do after that time."""
        deadline = time.monotonic() + seconds
        while self._running and time.monotonic() < deadline:
            time.sleep(TICK_SECONDS)
        return not self._running


def _key(job: Job) -> tuple[str, str, str]:
    return job.place.account, job.place.region, job.id


def new_attempt(job: Job, environment: ComputeEnvironment) -> Attempt:
    """Return the next attempt with the names of its task, its instance and its log stream."""
    number = len(job.attempts) + 1
    cluster = environment.detail["ecsClusterArn"].rpartition("/")[2]
    task = f"{job.id.replace('-', '').replace(':', '')}{number:02d}"
    return Attempt(
        number=number,
        log_group=log_group(job.container),
        log_stream=log_stream(job, number),
        task_arn=job.place.foreign_arn("ecs", f"task/{cluster}/{task}"),
        instance_arn=job.place.foreign_arn("ecs", f"container-instance/{cluster}/{task}"),
    )
