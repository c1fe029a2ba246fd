"""Which requests the gateway leaves alone, and which bodies it encodes."""

from __future__ import annotations

import pytest

from slipway_localstack.patches.gateway_body import event_type, invokes_an_api, is_binary


@pytest.mark.parametrize(
    ("path", "host", "expected"),
    [
        ("/_aws/execute-api/abc/prod/v2", "127.0.0.1:4566", True),
        ("/v2", "abc.execute-api.localhost.localstack.cloud:4566", True),
        ("/restapis", "127.0.0.1:4566", False),
    ],
)
def test_invokes_an_api_by_path_or_host(path: str, host: str, expected: bool) -> None:
    assert invokes_an_api(path, host) is expected


@pytest.mark.parametrize(
    ("media_type", "types", "expected"),
    [
        ("application/json", ["*/*"], True),
        ("image/png", ["image/*"], True),
        ("image/png", ["image/jpeg"], False),
        ("application/json", [], False),
    ],
)
def test_is_binary_with_named_types_and_wildcards(media_type: str, types: list[str], expected: bool) -> None:
    assert is_binary(media_type, types) is expected


def test_event_type_without_header_is_json_and_with_one_lacks_its_parameters() -> None:
    assert event_type({"CONTENT-TYPE": "Image/PNG; q=1"}) == "image/png"
    assert event_type({"Accept": "x"}) == event_type(None) == "application/json"
