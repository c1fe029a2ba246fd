"""One execution environment: a process that is started, invoked, restarted after a crash or time-out, and ended."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from slipway_localstack.executor.commands import Command, Folders
from slipway_localstack.executor.output import OutputPump, peak_memory_mb, report_lines, start_line
from slipway_localstack.executor.runtime_api import Event, Invocation, Kind, RuntimeApi
from slipway_localstack.processes import Children

LOG = logging.getLogger(__name__)
_EXIT_POLL_SECONDS = 0.02


class InitError(Exception):
    """The process did not come to ask for work; `payload` is what AWS answers to the caller."""

    def __init__(self, payload: bytes) -> None:
        super().__init__(payload.decode(errors="replace"))
        self.payload = payload


@dataclass(frozen=True)
class Limits:
    """What a version grants its environments."""

    version: str
    memory_mb: int
    timeout_seconds: int
    snap_start: bool


@dataclass(frozen=True)
class Outcome:
    """The result of one invocation, with its log lines and the time that the function took."""

    payload: bytes
    is_error: bool
    lines: list[str]
    duration_millis: float


@dataclass(frozen=True)
class Launcher:
    """Builds the process of an environment: the command, and the variables given the Runtime API's address."""

    command: Callable[[Folders], Command]
    environment: Callable[[str, Folders], dict[str, str]]


def error_payload(error_type: str, message: str) -> bytes:
    """Return the JSON that AWS answers for a failure of the sandbox."""
    return json.dumps({"errorType": error_type, "errorMessage": message}, separators=(",", ":")).encode()


def exit_text(code: int) -> str:
    """Describe the end of a process as AWS does."""
    if code == 0:
        return "Runtime exited without providing a reason"
    if code > 0:
        return f"Runtime exited with error: exit status {code}"
    name = {-9: "killed", -15: "terminated", -11: "segmentation fault", -6: "aborted"}.get(code, f"{-code}")
    return f"Runtime exited with error: signal: {name}"


class _Process:
    """One life of the environment's process with its Runtime API."""

    def __init__(self, children: Children, launcher: Launcher, folders: Folders, label: str, on_line: Callable[[str], None]):
        self.children = children
        self.api = RuntimeApi()
        command = launcher.command(folders)
        self.popen = children.spawn(
            command.argv,
            kind="lambda",
            label=label,
            cwd=command.cwd,
            env=launcher.environment(self.api.address, folders),
        )
        stdout = self.popen.stdout
        if stdout is None:
            raise AssertionError("the process was started without a pipe")
        self.output = OutputPump(stdout.detach().detach() if False else _own_descriptor(stdout), on_line)  # type: ignore[attr-defined]
        threading.Thread(target=self._watch, daemon=True, name="lambda-watch").start()

    def _watch(self) -> None:
        self.popen.wait()
        self.children.forget(self.popen.pid)
        self.api.events.put(Event(Kind.EXITED))

    def alive(self) -> bool:
        return self.popen.poll() is None

    def end(self) -> None:
        self.children.end(self.popen)
        self.api.close()


class HostEnvironment:
    """Owns at most one process at a time. `invoke` is called by one thread at a time; `stop` by any."""

    def __init__(
        self, label: str, limits: Limits, folders: Folders, launcher: Launcher, children: Children, on_line: Callable[[str], None]
    ) -> None:
        self.label = label
        self.limits = limits
        self.launcher = launcher
        self.children = children
        self.on_line = on_line
        self._folders = folders
        self._process: _Process | None = None
        self._init_millis: float | None = None
        self._stopped = False
        self._busy = threading.Lock()

    def start(self) -> None:
        """Start the process and wait until it asks for work; raises InitError."""
        began = time.monotonic()
        process = _Process(self.children, self.launcher, self._fresh_folders(), self.label, self.on_line)
        self._process = process
        if self._stopped:
            process.end()
        event = self._next_event(process, None)
        restored_at = None
        if event.kind is Kind.RESTORING:
            restored_at = time.monotonic()
            event = self._next_event(process, None)
        if event.kind is not Kind.READY:
            raise self._init_failure(process, event, (time.monotonic() - began) * 1000)
        self._init_millis = (time.monotonic() - (restored_at or began)) * 1000

    def _fresh_folders(self) -> Folders:
        shutil.rmtree(self._folders.temporary, ignore_errors=True)
        self._folders.temporary.mkdir(parents=True)
        return self._folders

    def _next_event(self, process: _Process, deadline: float | None) -> Event | None | Any:
        import queue

        try:
            return process.api.events.get(timeout=None if deadline is None else max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return None

    def _init_failure(self, process: _Process, event: Event, millis: float) -> InitError:
        process.end()
        if event.kind is Kind.INIT_ERROR and event.body:
            payload = event.body
        else:
            payload = error_payload("Runtime.ExitError", f"RequestId: {self.label} Error: {exit_text(process.popen.returncode)}")
        return InitError(payload)
