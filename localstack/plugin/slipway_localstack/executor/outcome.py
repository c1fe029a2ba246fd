"""What an invocation leaves, and AWS's texts for failures that no runtime reports itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Outcome:
    """The result of one invocation, with its log lines and the time that it took."""

    payload: bytes
    is_error: bool
    lines: list[str]
    duration_millis: float


@dataclass(frozen=True)
class Failure:
    """A failure that the sandbox tells of: the caller's payload, the log's lines and the REPORT line's fields."""

    payload: bytes
    lines: list[str]
    report: list[str]


def error_payload(error_type: str, message: str) -> bytes:
    """Return the JSON that AWS answers for a failure of the sandbox."""
    return json.dumps({"errorType": error_type, "errorMessage": message}, separators=(",", ":")).encode()


def timed_out(request_id: str, seconds: float) -> Failure:
    """Describe an invocation that ran into the function's time-out."""
    text = f"Task timed out after {seconds:.2f} seconds"
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    payload = error_payload("Sandbox.Timedout", f"RequestId: {request_id} Error: {text}")
    return Failure(payload, [f"{now} {request_id} {text}", ""], ["Status: timeout"])


def exited(request_id: str, code: int) -> Failure:
    """Describe an invocation, or a start, during which the process ended."""
    text = f"RequestId: {request_id} Error: {exit_text(code)}"
    return Failure(
        error_payload("Runtime.ExitError", text),
        [text, "Runtime.ExitError"],
        ["Status: error", "Error Type: Runtime.ExitError"],
    )


def start_reported(payload: bytes, _request_id: str) -> Failure:
    """Pass on the error that a runtime reported for its own start."""
    return Failure(payload, [], ["Status: error", f"Error Type: {error_type(payload)}"])


def error_type(payload: bytes) -> str:
    """Read the error type out of a runtime's error; `Unhandled` when it names none."""
    try:
        found = json.loads(payload)
    except ValueError:
        return "Unhandled"
    named = found.get("errorType") if isinstance(found, dict) else None
    return str(named) if named else "Unhandled"


def exit_text(code: int) -> str:
    """Describe the end of a process as AWS does."""
    if code == 0:
        return "Runtime exited without providing a reason"
    if code > 0:
        return f"Runtime exited with error: exit status {code}"
    name = {-9: "killed", -15: "terminated", -11: "segmentation fault", -6: "aborted"}.get(code, f"{-code}")
    return f"Runtime exited with error: signal: {name}"
