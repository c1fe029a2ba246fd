"""Attempts as real processes, without LocalStack: exit codes, signals, time-outs, what is left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from slipway_localstack.batch.node_group import NodeGroup
from slipway_localstack.batch.records import Attempt, ComputeEnvironment, Job
from slipway_localstack.batch.runner import Listener, ProcessRun
from slipway_localstack.batch.scheduler import AttemptRun
from slipway_localstack.batch.settings import Settings
from slipway_localstack.processes import Children, marked
from tests.batch.desk import Desk

QUICK = Settings(starting_seconds=0, running_seconds=0, stop_seconds=1, minimum_timeout_seconds=1)
SECONDS = 20.0


class FakeLogs:
    """CloudWatch Logs that keeps the messages."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def create_log_group(self, **_: str) -> None:
        """Do nothing."""

    def create_log_stream(self, **_: str) -> None:
        """Do nothing."""

    def put_log_events(self, logEvents: list[dict[str, Any]], **_: str) -> None:  # noqa: N803 - boto's name
        """Keep the messages."""
        self.messages += [event["message"] for event in logEvents]


class Workshop:
    """A desk whose attempts are processes."""

    def __init__(self, folder: Path, settings: Settings = QUICK) -> None:
        self.desk = Desk(settings).furnish()
        self.image = "unmapped"
        self.attempts = 1
        self.logs = FakeLogs()
        self.mark = str(folder)
        self.children = Children(folder / "children", self.mark)
        self.ended = threading.Event()
        self.desk.scheduler.new_run = self._new_run
        self.desk.scheduler.announce = self._announce

    def _new_run(self, job: Job, attempt: Attempt, environment: ComputeEnvironment) -> AttemptRun:
        def process(listener: Listener, each: Job, its: Attempt) -> ProcessRun:
            endpoint = "http://127.0.0.1:1"
            return ProcessRun(listener, each, its, environment, self.children, endpoint, lambda _: self.logs)

        if job.nodes:
            return NodeGroup(self.desk.scheduler, job, attempt, process)
        return process(self.desk.scheduler, job, attempt)

    def _announce(self, job: Job) -> None:
        if job.ended:
            self.ended.set()

    def submit(self, script: str, timeout: int | None = None, environment: list[dict[str, str]] | None = None) -> str:
        command = ["sh", "-c", script]
        container = {"image": self.image, "command": command, "environment": environment or []}
        self.desk.define("d", container, retryStrategy={"attempts": self.attempts})
        job_id = self.desk.submit(timeout={"attemptDurationSeconds": timeout} if timeout else None)
        self.desk.tick()
        return job_id

    def wait_for_line(self, line: str) -> None:
        deadline = time.monotonic() + SECONDS
        while line not in self.logs.messages:
            assert time.monotonic() < deadline, self.logs.messages
            time.sleep(0.02)

    def result(self, job_id: str) -> dict[str, Any]:
        assert self.ended.wait(SECONDS)
        return self.desk.job(job_id)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    shop = Workshop(tmp_path)
    yield shop
    shop.children.end_leftovers()


@pytest.mark.parametrize(("script", "code", "status"), [("exit 0", 0, "SUCCEEDED"), ("exit 42", 42, "FAILED")])
def test_exit_code_decides(shop: Workshop, script: str, code: int, status: str) -> None:
    job = shop.result(shop.submit(script))

    assert (job["container"]["exitCode"], job["status"]) == (code, status)
    assert job["attempts"][0]["statusReason"] == "Essential container in task exited"


def test_death_by_signal_is_128_and_the_signal(shop: Workshop) -> None:
    assert shop.result(shop.submit("kill -9 $$"))["container"]["exitCode"] == 137


def test_output_of_both_kinds_is_logged_in_order_and_whole(shop: Workshop) -> None:
    shop.result(shop.submit("echo one; echo two >&2; echo; printf three"))

    assert shop.logs.messages == ["one", "two", " ", "three"]


def test_command_that_does_not_exist_never_runs(shop: Workshop) -> None:
    shop.desk.define("d", {"command": ["/no/such/program"]})
    job_id = shop.desk.submit()
    shop.desk.tick()

    job = shop.result(job_id)

    assert job["status"] == "FAILED"
    assert job["container"]["reason"].startswith("CannotStartContainerError: No such file or directory")
    assert "startedAt" not in job


def test_attempt_past_its_time_gets_sigterm_and_ends_for_good(shop: Workshop) -> None:
    shop.attempts = 3
    job_id = shop.submit("trap 'echo asked; exit 9' TERM; echo up; sleep 60 & wait", timeout=1)

    job = shop.result(job_id)

    assert shop.logs.messages == ["up", "asked"]
    assert len(job["attempts"]) == 1
    assert job["statusReason"] == "Job attempt duration exceeded timeout"
    assert job["container"]["exitCode"] == 9


def test_process_that_ignores_sigterm_is_killed_after_the_grace(shop: Workshop) -> None:
    job_id = shop.submit("trap '' TERM; echo up; while :; do sleep 0.1; done")
    shop.wait_for_line("up")

    shop.desk.call("terminate_job", jobId=job_id, reason="enough")
    job = shop.result(job_id)

    assert (job["status"], job["statusReason"]) == ("FAILED", "enough")
    assert job["container"]["exitCode"] == 137


def test_nothing_that_a_job_started_outlives_it(shop: Workshop) -> None:
    shop.result(shop.submit("sleep 60 & setsid sleep 61 & sleep 0.3; echo done"))

    assert [pid for pid in marked(shop.mark) if "sleep" in Path(f"/proc/{pid}/cmdline").read_text()] == []
    assert shop.children.records() == []


def test_job_gets_an_empty_folder_that_goes_with_it(shop: Workshop) -> None:
    shop.result(shop.submit("pwd; ls -A | wc -l; touch here; echo $TMPDIR"))

    folder, count, temporary = shop.logs.messages
    assert count.strip() == "0"
    assert not Path(folder).exists()
    assert not Path(temporary).exists()
