"""One life of an environment's process, with the Runtime API that it speaks to."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from slipway_localstack.executor.commands import Command, Folders
from slipway_localstack.executor.output import OutputPump
from slipway_localstack.executor.runtime_api import Event, Kind, RuntimeApi
from slipway_localstack.processes import Children


@dataclass(frozen=True)
class Launcher:
    """Builds the process of an environment: the command, and its variables given the Runtime API's address."""

    command: Callable[[Folders], Command]
    environment: Callable[[str, Folders], dict[str, str]]


class FunctionProcess:
    """A started process. Whoever starts it ends it."""

    def __init__(
        self, children: Children, launcher: Launcher, folders: Folders, label: str, on_line: Callable[[str], None]
    ) -> None:
        self._children = children
        self._api = RuntimeApi()
        command = launcher.command(folders)
        self._popen = children.spawn(
            command.argv,
            kind="lambda",
            label=label,
            cwd=command.cwd,
            env=launcher.environment(self._api.address, folders),
        )
        self.output = OutputPump(_own_descriptor(self._popen), on_line)
        threading.Thread(target=self._watch, daemon=True, name="lambda-watch").start()

    def _watch(self) -> None:
        self._popen.wait()
        self._api.events.put(Event(Kind.EXITED))

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._popen.pid

    @property
    def exit_code(self) -> int:
        """Exit code, or minus the signal that ended it; known once it has ended."""
        return self._popen.wait()

    def alive(self) -> bool:
        """Say whether it still runs."""
        return self._popen.poll() is None

    def send(self, request_id: str, payload: bytes, function_arn: str, deadline_millis: int, trace_id: str) -> None:
        """Hand it an invocation; it takes it when it asks."""
        self._api.send(request_id, payload, function_arn, deadline_millis, trace_id)

    def await_event(self, wanted: frozenset[Kind], deadline: float) -> Event | None:
        """Wait for one of the wanted events until a time of `time.monotonic`; others are dropped. None: too late."""
        while True:
            try:
                event = self._api.events.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return None
            if event.kind in wanted:
                return event

    def end(self) -> None:
        """Kill it and everything that it started; unblocks a waiting `await_event`."""
        self._children.end(self._popen)
        self._api.events.put(Event(Kind.EXITED))
        self._api.close()


def _own_descriptor(popen: subprocess.Popen[bytes]) -> int:
    if popen.stdout is None:
        raise AssertionError("the process was started without a pipe")
    with popen.stdout as pipe:
        return os.dup(pipe.fileno())
