"""One execution environment: a process that is started, invoked, restarted after a crash or time-out, and ended."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from slipway_localstack.executor import outcome
from slipway_localstack.executor.commands import Folders
from slipway_localstack.executor.outcome import Failure, Outcome
from slipway_localstack.executor.output import peak_memory_mb, report_lines, start_line
from slipway_localstack.executor.process import FunctionProcess, Launcher
from slipway_localstack.executor.runtime_api import Kind
from slipway_localstack.processes import Children

INIT_SECONDS = 60.0
"""Longest start of a function. AWS allows 10 s and then starts again under the function's own time-out; a shared
machine with few cores needs more, so a slow start is no error here."""
_STARTED = frozenset({Kind.READY, Kind.RESTORING, Kind.INIT_ERROR, Kind.EXITED})
_FREE = frozenset({Kind.READY, Kind.EXITED})
_ANSWERED = frozenset({Kind.RESPONSE, Kind.ERROR, Kind.EXITED})


@dataclass(frozen=True)
class Request:
    """One invocation as LocalStack hands it over."""

    request_id: str
    payload: bytes
    function_arn: str
    trace_id: str


@dataclass(frozen=True)
class Limits:
    """What a version grants its environments."""

    version: str
    memory_mb: int
    timeout_seconds: float
    init_seconds: float = INIT_SECONDS


class HostEnvironment:
    """Owns at most one process at a time. `start` and `invoke` are called by one thread at a time, `stop` by any.

    A start that fails is kept and answered to the next invocation, with its log lines; the one after it starts the
    process again, as AWS does.
    """

    def __init__(
        self,
        label: str,
        limits: Limits,
        folders: Folders,
        launcher: Launcher,
        children: Children,
        on_line: Callable[[str], None],
    ) -> None:
        self._label = label
        self._limits = limits
        self._folders = folders
        self._launcher = launcher
        self._children = children
        self._on_line = on_line
        self._process: FunctionProcess | None = None
        self._failure: Callable[[str], Failure] | None = None
        self._free = False
        self._extras: list[str] = []
        self._peak_mb = 0
        self._start_lines: list[str] = []
        self._lines: list[str] = []
        self._stopped = threading.Event()
        self._invoking = False
        self._guard = threading.Lock()

    def start(self) -> Failure | None:
        """Start the process and wait until it asks for work; a failure is also what the next `invoke` answers."""
        self._begin()
        return self._failure(self._label) if self._failure is not None else None

    def _begin(self) -> None:
        self._free = False
        self._peak_mb = 0
        self._fresh_temporary_folder()
        began = time.monotonic()
        process = FunctionProcess(self._children, self._launcher, self._folders, self._label, self._on_line)
        self._process = process
        if self._stopped.is_set():
            process.end()
        self._failure = self._await_ready(process, began)
        if self._failure is not None:
            process.end()
        self._start_lines += process.output.take()

    def _fresh_temporary_folder(self) -> None:
        shutil.rmtree(self._folders.temporary, ignore_errors=True)
        self._folders.temporary.mkdir(parents=True)

    def _await_ready(self, process: FunctionProcess, began: float) -> Callable[[str], Failure] | None:
        """Return None when it asks for work, else the failure, which names the request that it is answered to."""
        deadline = began + self._limits.init_seconds
        name = "Init"
        event = process.await_event(_STARTED, deadline)
        if event is not None and event.kind is Kind.RESTORING:
            # The time before this point went into making the snapshot, which AWS does when a version is published.
            name, began = "Restore", time.monotonic()
            event = process.await_event(_STARTED, deadline)
        if event is None:
            return partial(outcome.timed_out, seconds=self._limits.init_seconds)
        if event.kind is Kind.INIT_ERROR and event.body:
            return partial(outcome.start_reported, event.body)
        if event.kind is not Kind.READY:
            process.end()
            return partial(outcome.exited, code=process.exit_code)
        self._free = True
        self._extras = [f"{name} Duration: {(time.monotonic() - began) * 1000:.2f} ms"]
        return None

    def invoke(self, request: Request) -> Outcome:
        """Run one invocation; starts the process first when it is gone."""
        with self._guard:
            self._invoking = True
        try:
            return self._invoke(request)
        finally:
            with self._guard:
                self._invoking = False
            if self._stopped.is_set():
                self._end()

    def _invoke(self, request: Request) -> Outcome:
        began = time.monotonic()
        process = self._ready_process()
        if self._failure is not None:
            describe, self._failure = self._failure, None
            return self._failed(request, describe(request.request_id), began)
        began = time.monotonic()
        deadline = began + self._limits.timeout_seconds
        deadline_millis = int((time.time() + self._limits.timeout_seconds) * 1000)
        self._free = False
        process.send(request.request_id, request.payload, request.function_arn, deadline_millis, request.trace_id)
        event = process.await_event(_ANSWERED, deadline)
        self._lines_of(process)
        self._peak_mb = peak_memory_mb(process.pid) or self._peak_mb
        if event is None:
            process.end()
            failure = outcome.timed_out(request.request_id, self._limits.timeout_seconds)
            return self._failed(request, failure, began)
        if event.kind is Kind.EXITED:
            process.end()
            return self._failed(request, outcome.exited(request.request_id, process.exit_code), began)
        is_error = event.kind is Kind.ERROR
        return self._report(request, event.body, is_error, began, [])

    def _lines_of(self, process: FunctionProcess) -> None:
        self._lines += process.output.take()

    def _ready_process(self) -> FunctionProcess:
        """Return a process that waits for work, unless the start failed."""
        process = self._process
        if process is not None and self._failure is None and self._asks_for_work(process):
            return process
        if process is not None and self._failure is None:
            process.end()
            self._lines_of(process)
        if self._failure is None:
            self._begin()
        if self._process is None:
            raise AssertionError("start always makes a process")
        return self._process

    def _asks_for_work(self, process: FunctionProcess) -> bool:
        if not self._free:
            event = process.await_event(_FREE, time.monotonic() + self._limits.timeout_seconds)
            self._free = event is not None and event.kind is Kind.READY
        return self._free and process.alive()

    def _failed(self, request: Request, failure: Failure, began: float) -> Outcome:
        self._lines += failure.lines
        return self._report(request, failure.payload, True, began, failure.report)

    def _report(self, request: Request, payload: bytes, is_error: bool, began: float, fields: list[str]) -> Outcome:
        millis = (time.monotonic() - began) * 1000
        extras, self._extras = [*self._extras, *fields], []
        before, self._start_lines = self._start_lines, []
        printed, self._lines = self._lines, []
        lines = [
            *before,
            start_line(request.request_id, self._limits.version),
            *printed,
            *report_lines(request.request_id, millis, self._limits.memory_mb, self._peak_mb, extras),
        ]
        return Outcome(payload, is_error, lines, millis)

    def tail(self) -> str:
        """Return the last output of the process."""
        return self._process.output.tail() if self._process is not None else ""

    def stop(self) -> None:
        """End the process and remove its /tmp; a running invocation is let finish first, as on AWS, a start is not."""
        with self._guard:
            self._stopped.set()
            if self._invoking:
                return
        self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
        shutil.rmtree(self._folders.temporary, ignore_errors=True)
