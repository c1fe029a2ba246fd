"""Changes to LocalStack 4.14.0's Lambda around the executor. Each one asserts what it changes."""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from slipway_localstack import state
from slipway_localstack.executor import code

REQUEST_LIMITS_BYTES = {"RequestResponse": 6_291_456, "Event": 1_048_576}
"""Largest payload by invocation type (AWS, "Lambda quotas": 6 MB synchronous, 1 MB asynchronous)."""


class ExecutorPatchError(Exception):
    """LocalStack is not the version that this was written for."""


class RequestError(Exception):
    """A payload that AWS refuses: error code, text and HTTP status."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class SteadyDict[K, V](dict[K, V]):
    """A dict whose values can be walked while another thread adds or removes one."""

    def values(self) -> list[V]:  # type: ignore[override]
        """Return the values of this moment."""
        return list(super().values())


def apply() -> None:
    """Check payloads as AWS does, and let environments come and go under load."""
    code.forget_former(state.settings().state / "tmp")
    _check_payloads()
    _steady_environments()
    _let_timers_die()
    _limit_environments(Gate(environment_limit(os.environ, os.cpu_count() or 1)))


def environment_limit(environment: Mapping[str, str], processors: int) -> int:
    """Return how many calls of one version may run at once; more wait for their turn."""
    text = environment.get("SLIPWAY_LAMBDA_ENVIRONMENTS", "")
    if not text:
        return max(4, 2 * processors)
    if not text.isdigit() or int(text) < 1:
        raise ExecutorPatchError(f"SLIPWAY_LAMBDA_ENVIRONMENTS is '{text}', expected a whole number from 1")
    return int(text)


class Gate:
    """Lets so many in at once by key; others wait, and go in anyway after `patience` seconds. Thread-safe.

    AWS starts an environment for every call that finds none free. A machine of few cores would choke on as many
    processes, and a wait here is invisible to the function. The patience ends what would be a deadlock: a function
    that calls itself.
    """

    def __init__(self, slots: int, patience: float = 30.0) -> None:
        self._slots = slots
        self._patience = patience
        self._lock = threading.Lock()
        self._semaphores: dict[str, threading.Semaphore] = {}

    @contextlib.contextmanager
    def slot(self, key: str) -> Iterator[None]:
        """Hold one slot while the block runs."""
        with self._lock:
            semaphore = self._semaphores.setdefault(key, threading.Semaphore(self._slots))
        held = semaphore.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if held:
                semaphore.release()


def check_payload(payload: bytes | None, invocation_type: str | None) -> None:
    """Refuse what AWS refuses before any function runs; raises RequestError."""
    body = payload or b""
    limit = REQUEST_LIMITS_BYTES.get(invocation_type or "RequestResponse", REQUEST_LIMITS_BYTES["RequestResponse"])
    if len(body) > limit:
        text = f"Request must be smaller than {limit} bytes for the InvokeFunction operation"
        raise RequestError("RequestEntityTooLargeException", text, 413)
    if body:
        try:
            json.loads(body)
        except ValueError as problem:
            text = f"Could not parse request body into json: Could not parse payload into json: {problem}"
            raise RequestError("InvalidRequestContentException", text, 400) from problem


def _check_payloads() -> None:
    from localstack.aws.api import CommonServiceException
    from localstack.services.lambda_.invocation.lambda_service import LambdaService

    stock = LambdaService.invoke
    if not {"payload", "invocation_type"} <= set(inspect.signature(stock).parameters):
        raise ExecutorPatchError("LocalStack's LambdaService.invoke has no payload and invocation_type")

    def invoke(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            check_payload(named.get("payload"), named.get("invocation_type"))
        except RequestError as refused:
            raise CommonServiceException(refused.code, str(refused), refused.status, True) from refused
        return stock(self, *arguments, **named)

    LambdaService.invoke = invoke


def _steady_environments() -> None:
    """Stock walks a dict of environments that other invocations change (LocalStack issue 13844)."""
    from localstack.services.lambda_.invocation.assignment import AssignmentService

    if "self.environments = defaultdict(dict)" not in inspect.getsource(AssignmentService.__init__):
        raise ExecutorPatchError("LocalStack's AssignmentService keeps its environments in another way")
    stock = AssignmentService.__init__

    def __init__(self: Any) -> None:  # noqa: N807 - stands in for one
        stock(self)
        self.environments = defaultdict(SteadyDict)

    AssignmentService.__init__ = __init__


def _limit_environments(gate: Gate) -> None:
    from localstack.services.lambda_.invocation.assignment import AssignmentService

    stock = AssignmentService.get_environment
    names = list(inspect.signature(stock).parameters)
    if names != ["self", "version_manager_id", "function_version", "provisioning_type"]:
        raise ExecutorPatchError(f"LocalStack's AssignmentService.get_environment takes {names}")

    @contextlib.contextmanager
    def get_environment(
        self: Any, version_manager_id: str, function_version: Any, provisioning_type: Any
    ) -> Iterator[Any]:
        waits = gate.slot(version_manager_id) if provisioning_type == "on-demand" else contextlib.nullcontext()
        with waits, stock(self, version_manager_id, function_version, provisioning_type) as environment:
            yield environment

    AssignmentService.get_environment = get_environment


def _let_timers_die() -> None:
    """Stock leaks a timer when an environment is taken while it is given back; for ten minutes it holds up the exit."""
    from localstack.services.lambda_.invocation import execution_environment

    if execution_environment.Timer is not threading.Timer:
        raise ExecutorPatchError("LocalStack's execution_environment has another Timer")

    class DaemonTimer(threading.Timer):
        """A timer that ends with the process."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.daemon = True

    execution_environment.Timer = DaemonTimer
