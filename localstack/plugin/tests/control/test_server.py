from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict
from pathlib import Path

import pytest

from slipway_localstack.control import server
from slipway_localstack.control.settings import Settings
from slipway_localstack.processes import ProcessRecord


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings.read({"SLIPWAY_HOME": str(tmp_path)})
    found.state.mkdir()
    return found


def test_start_on_taken_port_names_the_program(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(server.ServerError) as refused:
            server.start(Settings.read({"SLIPWAY_HOME": str(settings.home), "SLIPWAY_PORT": str(port)}))

    text = str(refused.value)
    assert text.startswith(f"PORT_TAKEN: port {port} on 127.0.0.1 is used by process {os.getpid()} (")
    assert "SLIPWAY_PORT" in text


def test_status_without_pid_file_is_not_running(settings: Settings) -> None:
    found = json.loads(server.status(settings).to_json())

    assert (found["running"], found["healthy"], found["pid"], found["installed"]) == (False, False, None, True)
    assert found["endpoint"] == settings.endpoint


def test_status_of_dead_process_is_not_running(settings: Settings) -> None:
    own = ProcessRecord.of(os.getpid(), "localstack", "")
    settings.pid_file.write_text(json.dumps(asdict(own) | {"start_ticks": own.start_ticks - 1}))

    assert not server.status(settings).running


def test_status_of_process_that_does_not_answer_is_unhealthy(settings: Settings) -> None:
    settings.pid_file.write_text(json.dumps(asdict(ProcessRecord.of(os.getpid(), "localstack", ""))))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    elsewhere = Settings.read({"SLIPWAY_HOME": str(settings.home), "SLIPWAY_PORT": str(port)})

    assert (server.status(elsewhere).running, server.status(elsewhere).healthy) == (True, False)
    with pytest.raises(server.ServerError, match="LOCALSTACK_UNHEALTHY"):
        server.start(elsewhere)


def test_environment_of_server_has_nothing_of_the_callers_aws(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "LAMBDA_KEEPALIVE_MS", "SERVICES", "PERSISTENCE"):
        monkeypatch.setenv(name, "callers")

    found = server.server_environment(settings)

    assert "callers" not in found.values()
    assert found["CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES"] == "0"
    assert found["GATEWAY_LISTEN"] == f"127.0.0.1:{settings.port}"
    assert found["FILESYSTEM_ROOT"] == str(settings.state)


def test_log_tail_gives_the_last_lines(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("\n".join(str(number) for number in range(100)))

    assert server.log_tail(tmp_path / "log").splitlines()[0] == "75"
    assert server.log_tail(tmp_path / "none") == "(no log)"


def test_run_becomes_localstack_under_its_own_pid(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[dict[str, str]] = []
    monkeypatch.setattr(os, "execve", lambda _program, _arguments, variables: became.append(variables))
    monkeypatch.setattr(os, "chdir", lambda _folder: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"SLIPWAY_HOME": str(settings.home), "SLIPWAY_PORT": str(port), "SLIPWAY_LISTEN": "127.0.0.2"}

    server.run(Settings.read(told))

    assert became[0]["GATEWAY_LISTEN"] == f"127.0.0.2:{port}"
    assert server.status(Settings.read(told)).pid == os.getpid()
    with pytest.raises(server.ServerError, match="LOCALSTACK_RUNS"):
        server.run(Settings.read(told))
