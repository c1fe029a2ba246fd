"""A LocalStack of the tests' own, for tests marked `localstack`: one for the session, on a free port, in a new home."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.executor.functions import SOURCES, compiled, zipped

PLUGIN = Path(__file__).parent.parent


class LocalAws:
    """A running LocalStack, as a test sees it."""

    def __init__(self, endpoint: str, home: Path) -> None:
        self.endpoint = endpoint
        self.home = home

    def client(self, service: str) -> Any:
        """Make a client of a service."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_control(command: str, home: Path, port: int, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher's control program."""
    variables = os.environ | {"SLIPWAY_HOME": str(home), "SLIPWAY_PORT": str(port)}
    argv = [sys.executable, "-m", "slipway_localstack.control", command, *options]
    return subprocess.run(argv, env=variables, cwd=home, capture_output=True, text=True, timeout=180, check=False)


@pytest.fixture(scope="session")
def start_local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], LocalAws]]:
    """Start LocalStacks with homes of their own; all are stopped at the end."""
    started: list[tuple[Path, int]] = []

    def start() -> LocalAws:
        home, port = tmp_path_factory.mktemp("home"), free_port()
        (home / "venv").symlink_to(sys.prefix)
        started.append((home, port))
        done = run_control("start", home, port)
        assert done.returncode == 0, done.stderr
        return LocalAws(f"http://127.0.0.1:{port}", home)

    yield start
    for home, port in started:
        run_control("stop", home, port)


@pytest.fixture(scope="session")
def local_aws(start_local_aws: Callable[[], LocalAws]) -> LocalAws:
    """The session's shared LocalStack: give what you make in it names of your own."""
    return start_local_aws()


def eventually[T](check: Callable[[], T], seconds: float = 15) -> T:
    """Wait until the check gives something true, and return it."""
    deadline = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < deadline, f"still {found!r} after {seconds} s"
        time.sleep(0.2)
    return found


@pytest.fixture(scope="session")
def sample_code(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The zip of the sample Java function."""
    return zipped(compiled(tmp_path_factory.mktemp("classes"), SOURCES / "Sample.java"))
