"""Environments with a small runtime of the tests' own: start, invoke, crash, time-out, restart, end."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from slipway_localstack.executor.commands import Command, Folders
from slipway_localstack.executor.environment import HostEnvironment, Limits, Request
from slipway_localstack.executor.outcome import Outcome
from slipway_localstack.executor.process import Launcher
from slipway_localstack.processes import Children, start_ticks
from tests.conftest import eventually

RUNTIME = Path(__file__).parent / "runtime.py"
ARN = "arn:aws:lambda:us-east-1:000000000000:function:f"
type Make = Callable[..., HostEnvironment]


class Harness:
    """Makes environments and keeps what they print."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.children = Children(folder / "children", str(folder))
        self.lines: list[str] = []
        self.made: list[HostEnvironment] = []
        self.requests = 0

    def make(self, how: str = "normal", timeout: float = 20, init: float = 20) -> HostEnvironment:
        folders = Folders(self.folder, self.folder, self.folder / "tmp")
        launcher = Launcher(
            command=lambda _: Command((sys.executable, "-S", str(RUNTIME), how), self.folder),
            environment=lambda address, places: {
                "AWS_LAMBDA_RUNTIME_API": address,
                "TMPDIR": str(places.temporary),
                "PATH": "/usr/bin:/bin",
            },
        )
        limits = Limits("7", 256, timeout, init)
        environment = HostEnvironment("label", limits, folders, launcher, self.children, self.lines.append)
        self.made.append(environment)
        return environment

    def invoke(self, environment: HostEnvironment, **event: Any) -> Outcome:
        self.requests += 1
        return environment.invoke(Request(f"request-{self.requests}", json.dumps(event).encode(), ARN, "trace"))


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    made = Harness(tmp_path)
    yield made
    for environment in made.made:
        environment.stop()
    assert made.children.records() == [], "a process outlived its environment"


def payload(outcome: Outcome) -> Any:
    return json.loads(outcome.payload)


def test_invoke_twice_uses_one_process(harness: Harness) -> None:
    environment = harness.make()
    assert environment.start() is None

    first, second = harness.invoke(environment), harness.invoke(environment)

    assert payload(first)["pid"] == payload(second)["pid"]
    assert not first.is_error


def test_lines_of_first_invocation_tell_the_start(harness: Harness) -> None:
    environment = harness.make()
    environment.start()

    first = harness.invoke(environment, print="one\ntwo\n")
    second = harness.invoke(environment, print="three")

    assert first.lines[:-1] == [
        "starting normal",
        "START RequestId: request-1 Version: 7",
        "one",
        "two",
        "END RequestId: request-1",
    ]
    assert "\tInit Duration: " in first.lines[-1]
    assert second.lines[:-1] == ["START RequestId: request-2 Version: 7", "three", "END RequestId: request-2"]
    assert "Init Duration" not in second.lines[-1]
    assert harness.lines[:3] == ["starting normal", "one", "two"]


def test_error_of_handler_is_passed_on(harness: Harness) -> None:
    environment = harness.make()
    environment.start()

    outcome = harness.invoke(environment, error=True)

    assert outcome.is_error
    assert payload(outcome)["error"] is True


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ({"exit": 9}, "Runtime exited with error: exit status 9"),
        ({"exit": 0}, "Runtime exited without providing a reason"),
        ({"kill": 9}, "Runtime exited with error: signal: killed"),
    ],
)
def test_crash_is_reported_and_next_invoke_starts_again(harness: Harness, event: dict[str, int], text: str) -> None:
    environment = harness.make()
    environment.start()

    crash = harness.invoke(environment, **event)
    after = harness.invoke(environment)

    assert crash.is_error
    assert payload(crash) == {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: request-1 Error: {text}"}
    assert not after.is_error
    assert "Init Duration" in after.lines[-1]


def test_crash_between_invocations_is_not_seen_by_the_next(harness: Harness) -> None:
    environment = harness.make()
    environment.start()

    first = harness.invoke(environment, **{"exit-after": 1})
    second = harness.invoke(environment)

    assert not first.is_error
    assert not second.is_error
    assert payload(first)["pid"] != payload(second)["pid"]


def test_process_that_was_killed_while_idle_is_replaced(harness: Harness) -> None:
    environment = harness.make()
    environment.start()
    (record,) = harness.children.records()
    os.kill(record.pid, signal.SIGKILL)
    eventually(lambda: not record.alive())

    outcome = harness.invoke(environment)

    assert not outcome.is_error
    assert payload(outcome)["pid"] != record.pid


def test_time_out_kills_process_and_its_children(harness: Harness) -> None:
    environment = harness.make(timeout=0.5)
    environment.start()
    child = payload(harness.invoke(environment, child=1))["child"]

    late = harness.invoke(environment, sleep=600)
    left = start_ticks(child)
    after = harness.invoke(environment)

    assert late.is_error
    assert payload(late)["errorType"] == "Sandbox.Timedout"
    assert payload(late)["errorMessage"] == "RequestId: request-2 Error: Task timed out after 0.50 seconds"
    assert "Status: timeout" in late.lines[-1]
    assert "Max Memory Used: 0 MB" not in late.lines[-1]
    assert 500 <= late.duration_millis < 5000
    assert left is None
    assert not after.is_error


@pytest.mark.parametrize(
    ("how", "error_type"),
    [("exit", "Runtime.ExitError"), ("error", "Bad.Start"), ("restore-error", "Bad.Restore")],
)
def test_failed_start_is_answered_to_each_invoke(harness: Harness, how: str, error_type: str) -> None:
    environment = harness.make(how)

    assert environment.start() is not None

    for number in (1, 2):
        outcome = harness.invoke(environment)
        assert outcome.is_error
        assert payload(outcome)["errorType"] == error_type
        assert outcome.lines[0] == f"starting {how}"
        assert f"START RequestId: request-{number} Version: 7" in outcome.lines


def test_start_that_hangs_ends_in_time(harness: Harness) -> None:
    environment = harness.make("hang", init=0.5)

    failure = environment.start()

    assert failure is not None
    assert json.loads(failure.payload)["errorType"] == "Sandbox.Timedout"


def test_restore_counts_only_the_time_after_it(harness: Harness) -> None:
    environment = harness.make("restore")
    assert environment.start() is None

    report = harness.invoke(environment).lines[-1]

    assert "Restore Duration: " in report
    assert "Init Duration" not in report


def test_response_over_the_limit_is_refused(harness: Harness) -> None:
    environment = harness.make()
    environment.start()

    refused = harness.invoke(environment, bytes=6_291_557)
    largest = harness.invoke(environment, bytes=6_291_556)

    assert payload(refused)["errorType"] == "Function.ResponseSizeTooLarge"
    assert len(largest.payload) == 6_291_556


def test_answer_to_another_request_is_refused(harness: Harness) -> None:
    environment = harness.make()
    environment.start()

    assert payload(harness.invoke(environment, **{"wrong-id": 1}))["status"] == 400


def test_stop_during_invoke_lets_it_finish(harness: Harness) -> None:
    environment = harness.make()
    environment.start()
    outcomes: list[Outcome] = []
    caller = threading.Thread(target=lambda: outcomes.append(harness.invoke(environment, print="in\n", sleep=0.5)))
    caller.start()
    eventually(lambda: "in" in harness.lines)

    environment.stop()
    caller.join(5)

    assert not outcomes[0].is_error
    assert start_ticks(payload(outcomes[0])["pid"]) is None
    assert not (harness.folder / "tmp").exists()


def test_invoke_after_stop_leaves_no_process(harness: Harness) -> None:
    environment = harness.make()
    environment.start()
    environment.stop()

    assert harness.invoke(environment).is_error


def test_stop_during_start_ends_it(harness: Harness) -> None:
    environment = harness.make("hang")
    caller = threading.Thread(target=environment.start)
    caller.start()
    eventually(lambda: "starting hang" in harness.lines)

    environment.stop()

    caller.join(5)
    assert not caller.is_alive()


def test_start_after_stop_leaves_no_process(harness: Harness) -> None:
    environment = harness.make()
    environment.stop()

    assert environment.start() is not None
