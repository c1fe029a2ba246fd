"""Starts and stops the LocalStack process."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from slipway_localstack.control.settings import REGION, Settings
from slipway_localstack.processes import Children, ProcessRecord, carriers, start_ticks

SERVER_MARK = "SLIPWAY_SERVER_OF"
"""Environment variable of LocalStack itself; its children get an environment of their own."""

START_SECONDS = 120
STOP_SECONDS = 15
_LOG_TAIL_LINES = 25
_COMMAND = [sys.executable, "-m", "localstack.runtime.main"]


class ServerError(Exception):
    """The local AWS did not start or stop; the message says why and what to do."""


@dataclass(frozen=True)
class Status:
    """What is known of the local AWS from outside."""

    running: bool
    healthy: bool
    pid: int | None
    endpoint: str
    home: str
    log: str
    installed: bool = True

    def to_json(self) -> str:
        """Return the status as one JSON object."""
        return json.dumps(asdict(self))


def children_of(settings: Settings) -> Children:
    """Return the records of Lambda and Batch processes of this state directory."""
    return Children(settings.state / "children", str(settings.home))


def read_pid_file(settings: Settings) -> ProcessRecord | None:
    """Return the running LocalStack of this state directory, or None."""
    try:
        record = ProcessRecord(**json.loads(settings.pid_file.read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return record if record.alive() else None


def healthy(settings: Settings) -> bool:
    """Ask the plug-in, which answers only after LocalStack and all patches are in place."""
    try:
        with urllib.request.urlopen(f"{settings.endpoint}/_slipway/status", timeout=2) as answer:  # noqa: S310
            found = json.load(answer)
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("home") == str(settings.home)


def status(settings: Settings) -> Status:
    """Look at pid file and port."""
    record = read_pid_file(settings)
    return Status(
        running=record is not None,
        healthy=record is not None and healthy(settings),
        pid=record.pid if record else None,
        endpoint=settings.endpoint,
        home=str(settings.home),
        log=str(settings.log),
    )


@contextlib.contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    settings.state.mkdir(parents=True, exist_ok=True)
    with (settings.state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(settings: Settings) -> str:
    """Start LocalStack unless it runs; return one line that says what happened."""
    with _only_one(settings):
        running = read_pid_file(settings)
        if running is not None:
            return _already_running(settings, running)
        _clean_up(settings)
        _require_free_port(settings.port)
        began = time.monotonic()
        process = _launch(settings)
        _wait_until_healthy(settings, process, began)
        return f"LocalStack is up at {settings.endpoint} (pid {process.pid}, {time.monotonic() - began:.1f} s)"


def run(settings: Settings) -> NoReturn:
    """Become LocalStack: for a container, whose life is that of this process. Refuses while another one runs."""
    with _only_one(settings):
        running = read_pid_file(settings)
        if running is not None:
            raise ServerError(
                f"LOCALSTACK_RUNS: LocalStack runs already (pid {running.pid}) for {settings.home}. "
                "Run: localstack/launch stop"
            )
        _clean_up(settings)
        _require_free_port(settings.port)
        _write_pid_file(settings, os.getpid())
    os.chdir(settings.state)
    os.execve(_COMMAND[0], _COMMAND, server_environment(settings))  # noqa: S606 - the same program as `start`, no shell


def _clean_up(settings: Settings) -> None:
    """End what a LocalStack that was killed left running, and say so."""
    if settings.pid_file.exists():
        _progress(
            "the last LocalStack ended without being stopped: its stacks, runs and releases are gone, "
            f"datasets, registry and ledger are kept in {settings.home / 'mirror'}"
        )
        settings.pid_file.unlink()
    for pid in carriers({SERVER_MARK: str(settings.home)}):
        _progress(f"ending a LocalStack without a pid file (pid {pid})")
        _end(pid, start_ticks(pid))
    leftovers = children_of(settings).end_leftovers()
    if leftovers:
        listed = ", ".join(f"{each.kind} {each.pid} ({each.label.strip()})" for each in leftovers)
        _progress(f"ended {len(leftovers)} process(es) left over from a killed start: {listed}")


def _already_running(settings: Settings, running: ProcessRecord) -> str:
    if not healthy(settings):
        raise ServerError(
            f"LOCALSTACK_UNHEALTHY: LocalStack runs (pid {running.pid}) and does not answer at {settings.endpoint}. "
            "Another SLIPWAY_PORT than the one it was started with? Otherwise run: localstack/launch stop"
        )
    return f"LocalStack runs already at {settings.endpoint} (pid {running.pid})"


def _require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise ServerError(
                f"PORT_TAKEN: port {port} on 127.0.0.1 is used by {_listener(port)} ({problem.strerror}). "
                "End that program, or choose another port with the setting SLIPWAY_PORT."
            ) from problem


def _listener(port: int) -> str:
    """Name the program that listens on a port, as far as this user may see it."""
    import psutil

    try:
        found = [each for each in psutil.net_connections("tcp") if each.status == "LISTEN" and each.laddr.port == port]
        pid = next((each.pid for each in found if each.pid), None)
        return "another program" if pid is None else f"process {pid} ({' '.join(psutil.Process(pid).cmdline())[:120]})"
    except psutil.Error:
        return "another program"


def server_environment(settings: Settings) -> dict[str, str]:
    """Build LocalStack's environment: ours where it matters, none of the caller's AWS settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "LAMBDA_", "LOCALSTACK_", "PYTHONPATH", "CFN_", "PROVIDER_"))
        and name not in {"SERVICES", "DEBUG", "PERSISTENCE", "EAGER_SERVICE_LOADING", "LS_LOG"}
    }
    temporary = settings.state / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return inherited | {
        "OVERRIDE_IN_DOCKER": "0",
        "FILESYSTEM_ROOT": str(settings.state),
        "TMPDIR": str(temporary),
        "GATEWAY_LISTEN": f"{settings.listen}:{settings.port}",
        "LOCALSTACK_HOST": f"localhost:{settings.port}",
        "GATEWAY_WORKER_COUNT": "200",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
        "LAMBDA_RUNTIME_EXECUTOR": "slipway",
        "LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT": "120",
        "LAMBDA_SYNCHRONOUS_CREATE": "0",
        "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "0",
        "LS_LOG": os.environ.get("SLIPWAY_LOCALSTACK_LOG", "info"),
        "AWS_DEFAULT_REGION": REGION,
        "SLIPWAY_HOME": str(settings.home),
        SERVER_MARK: str(settings.home),
        "SLIPWAY_PORT": str(settings.port),
        "SLIPWAY_BATCH_IMAGES": settings.batch_images,
        "SLIPWAY_LAMBDA_IMAGES": settings.lambda_images,
        "JAVA_HOME": settings.java_home,
    }


def _launch(settings: Settings) -> subprocess.Popen[bytes]:
    if settings.log.exists():
        settings.log.replace(settings.log.with_suffix(".log.1"))
    with settings.log.open("wb") as log:
        process = subprocess.Popen(
            _COMMAND,
            cwd=settings.state,
            env=server_environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _write_pid_file(settings, process.pid)
    except OSError:
        # Nobody would find it again.
        process.kill()
        raise
    return process


def _write_pid_file(settings: Settings, pid: int) -> None:
    record = ProcessRecord.of(pid, "localstack", settings.endpoint)
    partial = settings.pid_file.with_suffix(".part")
    partial.write_text(json.dumps(asdict(record)))
    partial.replace(settings.pid_file)


def _wait_until_healthy(settings: Settings, process: subprocess.Popen[bytes], began: float) -> None:
    reported = 0
    while time.monotonic() - began < START_SECONDS:
        if process.poll() is not None:
            settings.pid_file.unlink(missing_ok=True)
            raise ServerError(
                f"LOCALSTACK_ENDED: LocalStack ended with code {process.returncode} while starting. "
                f"The end of {settings.log}:\n{log_tail(settings.log)}"
            )
        if healthy(settings):
            return
        seconds = int(time.monotonic() - began)
        if seconds > reported:
            reported = seconds
            _progress(f"starting LocalStack: {seconds} s of at most {START_SECONDS} s")
        time.sleep(0.2)
    _end(process.pid, start_ticks(process.pid))
    settings.pid_file.unlink(missing_ok=True)
    raise ServerError(
        f"LOCALSTACK_TIMEOUT: no healthy answer at {settings.endpoint} within {START_SECONDS} s. "
        f"The end of {settings.log}:\n{log_tail(settings.log)}"
    )


def log_tail(log: Path) -> str:
    """Return the last lines of a log."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-_LOG_TAIL_LINES:])
    except OSError:
        return "(no log)"


def stop(settings: Settings) -> str:
    """Stop LocalStack and every child; return one line that says what happened."""
    with _only_one(settings):
        running = read_pid_file(settings)
        if running is not None:
            _end(running.pid, running.start_ticks)
        settings.pid_file.unlink(missing_ok=True)
        leftovers = children_of(settings).end_leftovers()
        ended = f", ended {len(leftovers)} left-over process(es)" if leftovers else ""
        return f"stopped LocalStack (pid {running.pid}){ended}" if running else f"LocalStack does not run{ended}"


def _end(pid: int, ticks: int | None) -> None:
    for number, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        if ticks is None or start_ticks(pid) != ticks:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and start_ticks(pid) == ticks:
            time.sleep(0.05)


def _progress(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def describe(value: Status) -> str:
    """Return the status for people."""
    if not value.running:
        return "LocalStack does not run"
    health = "healthy" if value.healthy else "not answering"
    return f"LocalStack runs at {value.endpoint} (pid {value.pid}, {health}); log {value.log}"
