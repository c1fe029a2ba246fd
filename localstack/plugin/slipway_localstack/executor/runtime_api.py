"""The Lambda Runtime API for one process of one execution environment.

Source of paths and headers: AWS, "Using the Lambda runtime API" (2018-06-01), and the Java client's SnapStart calls
`/restore/next` and `/restore/error`.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn

PREFIX = "/2018-06-01/runtime"
RESPONSE_LIMIT_BYTES = 6_291_556
"""Largest response of a synchronous invoke (AWS, Lambda quotas: 6 MB; the exact figure is from its error text)."""


class Kind(Enum):
    """What a function's process tells, and what is told about it."""

    READY = "asks for the next invocation"
    RESTORING = "initialised, asks to be restored (SnapStart)"
    INIT_ERROR = "could not initialise"
    RESPONSE = "answered"
    ERROR = "failed"
    EXITED = "ended"


@dataclass(frozen=True)
class Event:
    """One thing that happened, with the body that came with it."""

    kind: Kind
    body: bytes = b""
    request_id: str = ""


@dataclass(frozen=True)
class Invocation:
    """One request for the function."""

    request_id: str
    payload: bytes
    function_arn: str
    deadline_millis: int
    trace_id: str


class RuntimeApi:
    """Serves one process; `events` tells what it did. Close it when the process is gone."""

    def __init__(self) -> None:
        self.events: queue.Queue[Event] = queue.Queue()
        self._invocations: queue.Queue[Invocation | None] = queue.Queue()
        self.current: Invocation | None = None
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.api = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.5,), daemon=True, name="runtime-api")
        self._thread.start()

    @property
    def address(self) -> str:
        """Value of AWS_LAMBDA_RUNTIME_API."""
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def send(self, request_id: str, payload: bytes, function_arn: str, deadline_millis: int, trace_id: str) -> None:
        """Hand an invocation to the process that waits for it, or will."""
        self._invocations.put(Invocation(request_id, payload, function_arn, deadline_millis, trace_id))

    def take(self) -> Invocation | None:
        """Block until there is an invocation; None when the environment is closed."""
        self.current = self._invocations.get()
        return self.current

    def close(self) -> None:
        """Stop serving; a waiting request ends without an answer."""
        self._invocations.put(None)
        threading.Thread(target=self._shut_down, daemon=True, name="runtime-api-close").start()

    def _shut_down(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingMixIn, TCPServer):
    """Not http.server's own class, which asks the name service for the name of this host."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    api: RuntimeApi


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body in one segment
    server: _Server

    def do_GET(self) -> None:
        match self.path:
            case "/2018-06-01/runtime/invocation/next":
                self.server.api.events.put(Event(Kind.READY))
                self._answer_next()
            case "/2018-06-01/runtime/restore/next":
                self.server.api.events.put(Event(Kind.RESTORING))
                self._answer(200, b"")
            case _:
                self._answer(404, b'{"errorType":"NotFound"}')

    def _answer_next(self) -> None:
        invocation = self.server.api.take()
        if invocation is None:
            self.close_connection = True
            return
        headers = {
            "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
            "Lambda-Runtime-Deadline-Ms": str(invocation.deadline_millis),
            "Lambda-Runtime-Invoked-Function-Arn": invocation.function_arn,
            "Lambda-Runtime-Trace-Id": invocation.trace_id,
        }
        self._answer(200, invocation.payload, headers)

    def do_POST(self) -> None:
        body = self._read_body()
        parts = self.path.removeprefix(PREFIX + "/").split("/")
        match parts:
            case ["init", "error"] | ["restore", "error"]:
                self._accept(Event(Kind.INIT_ERROR, body))
            case ["invocation", request_id, ("response" | "error") as outcome]:
                self._accept_outcome(request_id, outcome, body)
            case _:
                self._answer(404, b'{"errorType":"NotFound"}')

    def _accept_outcome(self, request_id: str, outcome: str, body: bytes) -> None:
        current = self.server.api.current
        if current is None or current.request_id != request_id:
            self._answer(400, b'{"errorType":"InvalidRequestID","errorMessage":"Invalid request ID"}')
        elif outcome == "response" and len(body) > RESPONSE_LIMIT_BYTES:
            self._refuse_large_response(request_id)
        else:
            self._accept(Event(Kind.RESPONSE if outcome == "response" else Kind.ERROR, body, request_id))

    def _refuse_large_response(self, request_id: str) -> None:
        message = f"Response payload size exceeded maximum allowed payload size ({RESPONSE_LIMIT_BYTES} bytes)."
        body = f'{{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"{message}"}}'.encode()
        self.server.api.events.put(Event(Kind.ERROR, body, request_id))
        self._answer(413, body)

    def _accept(self, event: Event) -> None:
        # Answered first: the process must not be killed between its report and its acknowledgement.
        self._answer(202, b'{"status":"OK"}')
        self.server.api.events.put(event)

    def _read_body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _chunks(self) -> list[bytes]:
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return chunks

    def _answer(self, code: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        with contextlib.suppress(ConnectionError):
            self.send_response_only(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name given by the base class
        """Stay silent: LocalStack's log has the invocations."""
