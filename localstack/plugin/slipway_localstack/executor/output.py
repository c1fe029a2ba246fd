"""Collects what a process prints, and the platform's lines around it."""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Callable

KEPT_BYTES = 1_000_000
"""Output kept per invocation and in the tail for error messages; more than this is cut at the front."""


class OutputPump:
    """Reads a pipe without blocking, by a thread and on demand.

    `drain` returns only after everything is read that the process wrote before the call, so the lines of an
    invocation are complete when its response has arrived.
    """

    def __init__(self, descriptor: int, on_line: Callable[[str], None]) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._on_line = on_line
        self._partial = b""
        self._lines: list[str] = []
        self._size = 0
        self._tail = ""
        self._ended = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True, name="lambda-output")
        self._thread.start()

    def _run(self) -> None:
        while not self._ended:
            with contextlib.suppress(ValueError, OSError):
                select.select([self._descriptor], [], [])
            self.drain()

    def drain(self) -> None:
        """Read everything available now."""
        with self._lock:
            while not self._ended:
                try:
                    data = os.read(self._descriptor, 65536)
                except BlockingIOError:
                    return
                except OSError:
                    data = b""
                if not data:
                    self._finish()
                    return
                self._accept(data)

    def _accept(self, data: bytes) -> None:
        *complete, self._partial = (self._partial + data).split(b"\n")
        for line in complete:
            self._keep(line.decode(errors="replace"))

    def _finish(self) -> None:
        self._ended = True
        self._end_line()
        with contextlib.suppress(OSError):
            os.close(self._descriptor)

    def _end_line(self) -> None:
        if self._partial:
            self._keep(self._partial.decode(errors="replace"))
            self._partial = b""

    def _keep(self, line: str) -> None:
        self._lines.append(line)
        self._size += len(line) + 1
        while self._size > KEPT_BYTES and len(self._lines) > 1:
            self._size -= len(self._lines.pop(0)) + 1
        self._on_line(line)

    def take(self) -> list[str]:
        """Drain, then return and forget the lines since the last take; one without an end counts as a line."""
        self.drain()
        with self._lock:
            self._end_line()
            lines, self._lines, self._size = self._lines, [], 0
            self._tail = (self._tail + "".join(line + "\n" for line in lines))[-KEPT_BYTES:]
        return lines

    def tail(self) -> str:
        """Return the last output, taken or not."""
        with self._lock:
            return self._tail + "".join(line + "\n" for line in self._lines)


def start_line(request_id: str, version: str) -> str:
    """Return Lambda's START line."""
    return f"START RequestId: {request_id} Version: {version}"


def report_lines(request_id: str, duration_millis: float, memory_mb: int, used_mb: int, extras: list[str]) -> list[str]:
    """Return Lambda's END and REPORT lines; billed time is rounded up to a millisecond."""
    billed = int(-(-duration_millis // 1))
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {duration_millis:.2f} ms",
        f"Billed Duration: {billed} ms",
        f"Memory Size: {memory_mb} MB",
        f"Max Memory Used: {used_mb} MB",
        *extras,
    ]
    return [f"END RequestId: {request_id}", "\t".join(fields) + "\t"]


def peak_memory_mb(pid: int) -> int:
    """Return the highest resident size of a process in MB; 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/status") as status:  # noqa: PTH123 - hot path
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) // 1024
    except OSError:
        return 0
    return 0
