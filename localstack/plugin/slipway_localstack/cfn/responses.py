"""Answers of custom resources: each expected one has a URL of its own below /_slipway/cfn-response/."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Iterator
from typing import Any

from slipway_localstack import state

PATH = "/_slipway/cfn-response/"

_waiting: dict[str, Response] = {}
_lock = threading.Lock()


class ResponseMissingError(Exception):
    """A custom resource's provider did not answer in time."""


class Response:
    """One answer that somebody waits for. Thread-safe."""

    def __init__(self, token: str) -> None:
        self.url = f"{state.settings().endpoint}{PATH}{token}"
        self._came = threading.Event()
        self._body: dict[str, Any] = {}

    def answer(self, body: dict[str, Any]) -> None:
        """Take the answer; only the first one counts."""
        if not self._came.is_set():
            self._body = body
            self._came.set()

    def wait(self, seconds: float) -> dict[str, Any]:
        """Return the answer; raises ResponseMissingError after the given time."""
        if not self._came.wait(seconds):
            raise ResponseMissingError(
                f"CloudFormation did not receive a response from the custom resource within {seconds:.0f} s. "
                "Look into the log group of its function."
            )
        return self._body


@contextlib.contextmanager
def expected() -> Iterator[Response]:
    """Open a URL for one answer and close it at the end."""
    token = secrets.token_urlsafe(24)
    response = Response(token)
    with _lock:
        _waiting[token] = response
    try:
        yield response
    finally:
        with _lock:
            _waiting.pop(token, None)


def take(token: str, body: dict[str, Any]) -> bool:
    """Hand an answer over; False when nobody waits for it (any more)."""
    with _lock:
        response = _waiting.get(token)
    if response is None:
        return False
    response.answer(body)
    return True
