"""Child processes that outlive nothing: marked, recorded on disk, and ended with their whole session.

Lambda environments and Batch jobs are started here. Each gets a session of its own, dies with LocalStack where the
kernel can arrange it (PR_SET_PDEATHSIG), and is recorded in a folder, so that the next start ends what a killed
LocalStack left behind. A record names pid, start time and boot, so that a reused pid is never taken for ours.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

MARK = "SLIPWAY_CHILD_OF"
"""Environment variable that every child carries; its value is the state directory of its LocalStack."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_START_TIME_FIELD = 19  # proc(5): field 22 of /proc/pid/stat, counted from the state that follows the name
_SESSION_FIELD = 3  # proc(5): field 6
_STRAY_SECONDS = 5.0  # a process that forks while it is being killed is met again in the next round
_STATE_FIELD = 0  # proc(5): field 3

_libc = ctypes.CDLL(None, use_errno=True)
# The kernel sends the death signal when the *thread* that forked ends, so one thread that never ends forks for all.
_forker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="slipway-fork")


@dataclass(frozen=True)
class ProcessRecord:
    """One process, identified beyond the reuse of its pid."""

    pid: int
    start_ticks: int
    boot: str
    kind: str
    label: str

    @classmethod
    def of(cls, pid: int, kind: str, label: str) -> ProcessRecord:
        """Describe a running process; start_ticks is 0 when it ended already."""
        return cls(pid, start_ticks(pid) or 0, boot_id(), kind, label)

    def alive(self) -> bool:
        """Tell whether this very process still runs (a zombie does not)."""
        return self.boot == boot_id() and start_ticks(self.pid) == self.start_ticks


def boot_id() -> str:
    """Name this boot of the machine."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _stat_fields(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    fields = text.rpartition(")")[2].split()
    return [] if fields[_STATE_FIELD] in "ZX" else fields


def start_ticks(pid: int) -> int | None:
    """Return the start time of a process in clock ticks since boot; None when it is gone or a zombie."""
    fields = _stat_fields(pid)
    return int(fields[_START_TIME_FIELD]) if fields else None


def session_members(session: int) -> list[int]:
    """List the live processes of a session."""
    return [pid for pid in _all_pids() if (f := _stat_fields(pid)) and int(f[_SESSION_FIELD]) == session]


def _all_pids() -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            yield int(entry.name)


def _carries(pid: int, variables: Mapping[str, str]) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return all(f"{name}={value}".encode() in environment for name, value in variables.items())


def carriers(variables: Mapping[str, str]) -> list[int]:
    """List the live processes that were started with all of these environment variables."""
    return [pid for pid in _all_pids() if _stat_fields(pid) and _carries(pid, variables)]


def marked(mark: str) -> list[int]:
    """List the live processes that carry the mark of a state directory."""
    return carriers({MARK: mark})


def _die_with_parent(parent: int) -> Callable[[], None]:
    def prepare() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


class Children:
    """Starts, records and ends the children of one LocalStack. Thread-safe."""

    def __init__(self, folder: Path, mark: str) -> None:
        self.folder = folder
        self.mark = mark
        folder.mkdir(parents=True, exist_ok=True)

    def spawn(
        self,
        argv: Sequence[str],
        *,
        kind: str,
        label: str,
        cwd: Path,
        env: Mapping[str, str],
        stdout: int | IO[bytes] = subprocess.PIPE,
        stderr: int | IO[bytes] = subprocess.STDOUT,
    ) -> subprocess.Popen[bytes]:
        """Start a process in a session of its own. The caller waits for it and calls `end` or `forget`."""
        return _forker.submit(self._spawn, argv, kind, label, cwd, dict(env), stdout, stderr).result()

    def _spawn(
        self,
        argv: Sequence[str],
        kind: str,
        label: str,
        cwd: Path,
        env: dict[str, str],
        stdout: int | IO[bytes],
        stderr: int | IO[bytes],
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            list(argv),
            cwd=cwd,
            env=env | {MARK: self.mark},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            preexec_fn=_die_with_parent(os.getpid()),  # noqa: PLW1509 - only two system calls
        )
        self._record(ProcessRecord.of(process.pid, kind, label))
        return process

    def _record(self, record: ProcessRecord) -> None:
        target = self.folder / f"{record.pid}.json"
        partial = target.with_suffix(".part")
        partial.write_text(json.dumps(asdict(record)))
        partial.replace(target)

    def forget(self, pid: int) -> None:
        """Drop the record of a child that ended by itself."""
        (self.folder / f"{pid}.json").unlink(missing_ok=True)

    def records(self) -> list[ProcessRecord]:
        """Read the records; a torn one (written while the machine went down) is dropped."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                found.append(ProcessRecord(**json.loads(path.read_text())))
            except (ValueError, TypeError):
                path.unlink(missing_ok=True)
        return found

    def end(self, process: subprocess.Popen[bytes], grace_seconds: float = 0.0) -> None:
        """End a child and its whole session: SIGTERM and a wait when grace is given, then SIGKILL."""
        if grace_seconds > 0 and process.poll() is None:
            _signal_session(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(grace_seconds)
        _signal_session(process.pid, signal.SIGKILL)
        process.wait()
        self.forget(process.pid)

    def end_strays(self, variables: Mapping[str, str]) -> None:
        """Kill what a child left outside its session, known by variables that only its processes carry."""
        deadline = time.monotonic() + _STRAY_SECONDS
        while (found := carriers({MARK: self.mark, **variables})) and time.monotonic() < deadline:
            for pid in found:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)

    def end_leftovers(self) -> list[ProcessRecord]:
        """End everything that a former LocalStack of this state directory left running; return what ran."""
        known = {record.pid: record for record in self.records() if record.alive()}
        for pid in marked(self.mark):
            known.setdefault(pid, ProcessRecord.of(pid, "unrecorded", _command_line(pid)))
        for pid in known:
            _signal_session(pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _wait_until_gone(list(known.values()), 5)
        for path in self.folder.glob("*.json"):
            path.unlink(missing_ok=True)
        return list(known.values())


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:120]
    except OSError:
        return ""


def _signal_session(pid: int, number: signal.Signals) -> None:
    """Signal every process of the session that `pid` leads, also those in other process groups."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
    for member in session_members(pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(member, number)


def _wait_until_gone(records: Sequence[ProcessRecord], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(record.alive() for record in records):
        time.sleep(0.05)
