"""Payloads that are refused before any function runs."""

from __future__ import annotations

import threading
import time

import pytest

from slipway_localstack.executor.patch import (
    ExecutorPatchError,
    Gate,
    RequestError,
    SteadyDict,
    check_payload,
    environment_limit,
)

LIMIT = 6_291_456


@pytest.mark.parametrize(
    ("payload", "kind"),
    [(None, None), (b"", None), (b"{}", "RequestResponse"), (b'"' + b"x" * (LIMIT - 2) + b'"', "RequestResponse")],
)
def test_check_payload_of_valid_request_passes(payload: bytes | None, kind: str | None) -> None:
    check_payload(payload, kind)


@pytest.mark.parametrize(
    ("payload", "kind", "code", "status", "text"),
    [
        (b'"' + b"x" * (LIMIT - 1) + b'"', None, "RequestEntityTooLargeException", 413, "smaller than 6291456 bytes"),
        (b'"' + b"x" * 1_048_575 + b'"', "Event", "RequestEntityTooLargeException", 413, "smaller than 1048576 bytes"),
        (b"{", None, "InvalidRequestContentException", 400, "Could not parse payload into json"),
        (b"\xff", None, "InvalidRequestContentException", 400, "Could not parse payload into json"),
    ],
)
def test_check_payload_of_refused_request_says_why(
    payload: bytes, kind: str | None, code: str, status: int, text: str
) -> None:
    with pytest.raises(RequestError, match=text) as caught:
        check_payload(payload, kind)

    assert caught.value.code == code
    assert caught.value.status == status


def test_values_of_steady_dict_survive_a_change() -> None:
    steady = SteadyDict({1: "a", 2: "b"})

    seen = []
    for value in steady.values():
        steady[len(steady) + 1] = "new"
        seen.append(value)

    assert seen == ["a", "b"]


@pytest.mark.parametrize(("text", "processors", "limit"), [("", 1, 4), ("", 8, 16), ("1", 8, 1), ("30", 2, 30)])
def test_environment_limit_is_setting_or_twice_the_processors(text: str, processors: int, limit: int) -> None:
    assert environment_limit({"SLIPWAY_LAMBDA_ENVIRONMENTS": text}, processors) == limit


@pytest.mark.parametrize("text", ["0", "-1", "many"])
def test_environment_limit_that_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ExecutorPatchError, match=f"'{text}', expected a whole number from 1"):
        environment_limit({"SLIPWAY_LAMBDA_ENVIRONMENTS": text}, 2)


def test_gate_lets_in_as_many_as_it_has_slots() -> None:
    gate = Gate(2)
    inside, most, lock = 0, 0, threading.Lock()

    def call() -> None:
        nonlocal inside, most
        with gate.slot("a"):
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with lock:
                inside -= 1

    callers = [threading.Thread(target=call) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert most == 2


def test_gate_keeps_keys_apart_and_ends_its_patience() -> None:
    gate = Gate(1, patience=0.05)

    with gate.slot("a"), gate.slot("b"):
        began = time.monotonic()
        with gate.slot("a"):
            assert time.monotonic() - began >= 0.05
    with gate.slot("a"):
        pass
