"""The runner `docker`. Tests that need an engine run where one answers."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from slipway_localstack.batch import containers
from tests.batch.desk import Desk
from tests.batch.test_runner import QUICK, Workshop

IMAGE = "slipway-test/shell:1"


def test_command_line_has_the_limits_and_no_value_of_a_variable() -> None:
    desk = Desk().furnish()
    desk.define("d", {"image": "team/job:1", "memory": 512, "user": "nobody", "command": ["train", "now"]})
    job_id = desk.submit()
    desk.tick()
    run = desk.runs[job_id]

    command = containers.run_command(run.job, run.attempt, {"SECRET": "s3cret"}, "/home/slipway")

    assert command[:2] == ["docker", "run"]
    assert command[-3:] == ["team/job:1", "train", "now"]
    assert "s3cret" not in " ".join(command)
    joined = " ".join(command)
    for part in ("--env SECRET", "--memory 512m", "--user nobody", "--network host", "--label dev.slipway.home="):
        assert part in joined


def test_client_gets_its_own_variables_and_those_of_the_job() -> None:
    host = {"PATH": "/bin", "DOCKER_HOST": "unix:///x", "SECRET": "s"}

    assert containers.client_environment(host, {"A": "1"}) == {"PATH": "/bin", "DOCKER_HOST": "unix:///x", "A": "1"}


def engine_answers() -> bool:
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=20, check=False).returncode == 0
    except OSError:
        return False


@pytest.fixture(scope="module")
def image() -> str:
    """An image with nothing but this machine's shell, made here: nothing is pulled."""
    if not engine_answers():
        pytest.skip("no container engine answers: the runner `docker` was not run")
    linked = subprocess.run(["ldd", "/bin/sh", "/bin/sleep"], capture_output=True, text=True, check=True).stdout
    files = {"/bin/sh", "/bin/sleep", *re.findall(r"\s(/\S+) \(", linked)}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", dereference=True) as archive:
        for file in sorted(files):
            archive.add(Path(file).resolve(), file)
    subprocess.run(["docker", "import", "-", IMAGE], input=packed.getvalue(), capture_output=True, check=True)
    return IMAGE


@pytest.fixture
def shop(tmp_path: Path, image: str) -> Iterator[Workshop]:
    shop = Workshop(tmp_path, replace(QUICK, runner="docker", stop_seconds=5))
    shop.image = image
    yield shop
    containers.remove_all(shop.mark)


def test_job_runs_in_its_image_with_its_variables_only(shop: Workshop) -> None:
    variables = [{"name": "WHO", "value": "a b"}]
    job = shop.result(shop.submit("echo $WHO $AWS_BATCH_JOB_ATTEMPT ${JAVA_HOME-none}; exit 3", environment=variables))

    assert shop.logs.messages == ["a b 1 none"]
    assert (job["status"], job["container"]["exitCode"]) == ("FAILED", 3)
    assert containers.remove_all(shop.mark) == []


def test_container_that_ignores_sigterm_is_removed_after_the_grace(shop: Workshop) -> None:
    job_id = shop.submit("trap '' TERM; echo up; while :; do sleep 0.1; done")
    shop.wait_for_line("up")

    shop.desk.call("terminate_job", jobId=job_id, reason="enough")
    job = shop.result(job_id)

    assert (job["status"], job["statusReason"]) == ("FAILED", "enough")
    assert job["container"]["exitCode"] == 137
    assert containers.remove_all(shop.mark) == []


def test_container_gets_sigterm_first(shop: Workshop) -> None:
    script = "trap 'echo asked; exit 9' TERM; echo up; while :; do sleep 0.05; done"
    job_id = shop.submit(script)
    shop.wait_for_line("up")

    shop.desk.call("terminate_job", jobId=job_id, reason="enough")
    job = shop.result(job_id)

    assert shop.logs.messages == ["up", "asked"]
    assert job["container"]["exitCode"] == 9


def test_image_that_the_engine_cannot_run_is_a_container_that_did_not_start(shop: Workshop) -> None:
    shop.image = "localhost:1/none:1"

    job = shop.result(shop.submit("exit 0"))

    assert job["status"] == "FAILED"
    assert job["container"]["reason"].startswith("CannotStartContainerError")
    assert "exitCode" not in job["container"]


def test_containers_of_a_killed_localstack_are_found_by_their_label(shop: Workshop) -> None:
    shop.submit("echo up; sleep 600")
    shop.wait_for_line("up")

    assert len(containers.remove_all(shop.mark)) == 1

    assert shop.ended.wait(20)
