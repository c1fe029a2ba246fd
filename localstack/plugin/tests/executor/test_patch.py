"""Payloads that are refused before any function runs."""

from __future__ import annotations

import pytest

from slipway_localstack.executor.patch import RequestError, SteadyDict, check_payload

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
