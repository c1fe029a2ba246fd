from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from slipway_localstack.processes import marked, start_ticks
from tests.conftest import LocalAws, eventually, run_control
from tests.executor.functions import Function, zipped

pytestmark = pytest.mark.localstack

# A function whose process starts another one in a session of its own: the kernel does not end that with its parent.
DAEMON = """#!/bin/sh
setsid sleep 600 </dev/null >/dev/null 2>&1 &
API="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while :; do
  HEADERS=$(curl -sS -D - -o /dev/null "$API/next" | tr -d '\\r')
  ID=$(echo "$HEADERS" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
  curl -sS -o /dev/null -d '{}' "$API/$ID/response"
done
"""


@pytest.fixture(scope="module")
def shared(start_local_aws: Callable[[], LocalAws]) -> LocalAws:
    return start_local_aws()


@pytest.fixture
def aws(shared: LocalAws) -> LocalAws:
    """The module's LocalStack, running, whatever the test before did to it."""
    done = run_control("start", shared.home, port_of(shared))
    assert done.returncode == 0, done.stderr
    return shared


def port_of(aws: LocalAws) -> int:
    return int(aws.endpoint.rpartition(":")[2])


def pid_of(home: Path) -> int:
    return int(json.loads((home / "localstack" / "localstack.pid.json").read_text())["pid"])


def test_start_after_a_kill_ends_what_was_left_and_says_so(aws: LocalAws) -> None:
    function = Function(aws, "daemon").create(
        zipped({"bootstrap": DAEMON}), runtime="provided.al2023", handler="bootstrap"
    )
    assert function.invoke().error is None
    before = pid_of(aws.home)
    os.kill(before, signal.SIGKILL)
    eventually(lambda: start_ticks(before) is None)
    assert marked(str(aws.home)), "the daemon outlives its LocalStack"

    done = run_control("start", aws.home, port_of(aws))

    assert done.returncode == 0, done.stderr
    assert "the last LocalStack ended without being stopped" in done.stderr
    assert "left over from a killed start: " in done.stderr
    assert "sleep 600" in done.stderr
    assert marked(str(aws.home)) == []
    assert pid_of(aws.home) != before


def test_start_by_many_at_once_starts_one(aws: LocalAws) -> None:
    run_control("stop", aws.home, port_of(aws))

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: run_control("start", aws.home, port_of(aws)), range(3)))

    assert [each.returncode for each in done] == [0, 0, 0]
    assert sum("LocalStack is up" in each.stderr for each in done) == 1
    assert sum("runs already" in each.stderr for each in done) == 2


def test_start_with_lost_pid_file_ends_the_old_server(aws: LocalAws) -> None:
    before = pid_of(aws.home)
    (aws.home / "localstack" / "localstack.pid.json").unlink()

    done = run_control("start", aws.home, port_of(aws))

    assert done.returncode == 0, done.stderr
    assert f"ending a LocalStack without a pid file (pid {before})" in done.stderr
    assert start_ticks(before) is None


def test_status_tells_running_and_stopped(aws: LocalAws) -> None:
    up = run_control("status", aws.home, port_of(aws), "--json")
    run_control("stop", aws.home, port_of(aws))
    down = run_control("status", aws.home, port_of(aws), "--json")

    assert (up.returncode, down.returncode) == (0, 3)
    assert json.loads(up.stdout)["healthy"]
    assert json.loads(up.stdout)["endpoint"] == aws.endpoint
    assert not json.loads(down.stdout)["running"]
