"""Runs one attempt as a process or a container: start, watch time and stop wishes, end, clean up."""

import logging
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from slipway_localstack.batch import containers
from slipway_localstack.batch.job_environment import job_environment, process_environment
from slipway_localstack.batch.log_shipper import LogShipper, LogTarget
from slipway_localstack.batch.records import Attempt, ComputeEnvironment, Job
from slipway_localstack.batch.retry import Outcome
from slipway_localstack.batch.settings import CurrentSettings, Settings
from slipway_localstack.processes import Children

LOG = logging.getLogger(__name__)
POLL_SECONDS = 0.02
LOG_SECONDS = 10.0
EXITED = "Essential container in task exited"
TIMED_OUT = "Job attempt duration exceeded timeout"
NOT_STARTED = "Task failed to start"
SIGNAL_BASE = 128  # a shell's and Docker's exit code of a process that died by a signal is 128 + its number
COMMAND_NOT_FOUND = 127
type LogClient = Callable[[Job], Any]


def command_of(job: Job, images: dict[str, list[str]]) -> list[str]:
    """Return the argument list: what stands for the image's entry point, then the job's command."""
    return [*images.get(str(job.container.get("image")), []), *job.container["command"]]


class Listener(Protocol):
    """Who wants to know about an attempt: the scheduler, or the group that a node belongs to."""

    settings: CurrentSettings

    def started(self, job: Job) -> None:
        """Note that the process runs."""

    def ended(self, job: Job, outcome: Outcome, retryable: bool) -> None:
        """Note how the attempt ended."""


class ProcessRun:
    """One attempt. `start` gives it a thread; the thread tells the scheduler what happens."""

    def __init__(
        self,
        scheduler: Listener,
        job: Job,
        attempt: Attempt,
        environment: ComputeEnvironment,
        children: Children,
        endpoint: str,
        log_client: LogClient,
    ) -> None:
        self._scheduler, self._job, self._attempt = scheduler, job, attempt
        self._environment, self._children = environment, children
        self._endpoint, self._log_client = endpoint, log_client
        self._settings: Settings = scheduler.settings.get()
        self._stop = threading.Event()
        self._stop_reason = ""
        mapped = str(job.container.get("image")) in self._settings.images
        self._in_container = self._settings.runner == "docker" and not mapped

    def start(self) -> None:
        """Begin in a thread of its own."""
        threading.Thread(target=self._run, name=f"slipway-batch-{self._job.id}", daemon=True).start()

    def stop(self, status_reason: str) -> None:
        """Ask for the end; the first reason counts."""
        if not self._stop.is_set():
            self._stop_reason = status_reason
            self._stop.set()

    def _run(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="slipway-batch-"))
        try:
            outcome, retryable = self._attempt_in(folder)
        except Exception as error:  # the job must end, whatever went wrong here
            LOG.exception("error=BATCH_ATTEMPT_FAILED job=%s", self._job.id)
            outcome, retryable = Outcome(None, f"CannotStartContainerError: {error}", NOT_STARTED), True
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self._scheduler.ended(self._job, outcome, retryable)

    def _attempt_in(self, folder: Path) -> tuple[Outcome, bool]:
        if self._stop.wait(self._settings.starting_seconds):
            return Outcome(None, "", self._stop_reason), True
        target = LogTarget(self._log_client(self._job), self._attempt.log_group, self._attempt.log_stream)
        target.open()
        try:
            process = self._spawn(folder)
        except OSError as error:
            reason = f"CannotStartContainerError: {error.strerror}: {error.filename}"
            return Outcome(COMMAND_NOT_FOUND, reason, NOT_STARTED), True
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        shipper = LogShipper(process.stdout, target.put)
        shipper.start()
        self._scheduler.started(self._job)
        outcome, retryable = self._watch(process)
        shipper.finish(LOG_SECONDS)
        return outcome, retryable

    def _spawn(self, folder: Path) -> subprocess.Popen[bytes]:
        work, temporary = folder / "work", folder / "tmp"
        work.mkdir()
        temporary.mkdir()
        given = (self._job, self._attempt, self._environment.name, self._endpoint)
        if self._in_container:
            inside = job_environment(*given)
            argv = containers.run_command(self._job, self._attempt, inside, self._children.mark)
            variables = containers.client_environment(os.environ, inside)
        else:
            argv = command_of(self._job, dict(self._settings.images))
            variables = process_environment(*given, str(temporary), os.environ)
        if not argv:
            raise FileNotFoundError(2, "image has no entry in the image map and the job has no command", "")
        return self._children.spawn(argv, kind="batch", label=self._job.id, cwd=work, env=variables)

    def _watch(self, process: subprocess.Popen[bytes]) -> tuple[Outcome, bool]:
        began = time.monotonic()
        seconds = (self._job.timeout or {}).get("attemptDurationSeconds")
        deadline = began + seconds if seconds else None
        status_reason, retryable = EXITED, True
        while not has_exited(process.pid):
            if self._stop.wait(POLL_SECONDS):
                status_reason = self._stop_reason
                break
            if deadline is not None and time.monotonic() >= deadline:
                status_reason, retryable = TIMED_OUT, False  # AWS does not retry an attempt that timed out
                break
        grace = 0.0 if has_exited(process.pid) else self._settings.stop_seconds
        # Also ends what the command left behind: a container's processes end with the first of them.
        self._children.end(process, grace)
        self._children.end_strays({"AWS_BATCH_JOB_ID": self._job.id})
        if self._in_container:
            containers.remove(containers.container_name(self._attempt))
            if process.returncode == containers.NOT_STARTED_CODE:
                reason = "CannotStartContainerError: docker run failed, see the job's log"
                return Outcome(None, reason, NOT_STARTED), True
        code = process.returncode if process.returncode >= 0 else SIGNAL_BASE - process.returncode
        self._stop.wait(max(0.0, began + self._settings.running_seconds - time.monotonic()))
        return Outcome(code, "", status_reason), retryable


def has_exited(pid: int) -> bool:
    """Say whether a child has ended, without taking its exit status."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None
