from __future__ import annotations

from pathlib import Path

import pytest

from slipway_localstack.control.settings import SettingError, Settings, client_settings


def test_read_of_empty_environment_gives_defaults() -> None:
    found = Settings.read({})

    assert found.port == 4566
    assert found.home == Path(".slipway").resolve()
    assert found.endpoint == "http://127.0.0.1:4566"
    assert (found.batch_images, found.lambda_images) == ("{}", "{}")


def test_read_takes_what_is_set(tmp_path: Path) -> None:
    given = {"SLIPWAY_HOME": str(tmp_path), "SLIPWAY_PORT": "4601", "SLIPWAY_BATCH_IMAGES": '{"a":["b"]}'}

    found = Settings.read(given)

    assert (found.home, found.port, found.batch_images) == (tmp_path, 4601, '{"a":["b"]}')


@pytest.mark.parametrize("port", ["0", "65536", "-1", "four", ""])
def test_read_refuses_port(port: str) -> None:
    with pytest.raises(SettingError, match=f"SLIPWAY_PORT is '{port}', expected a port number from 1 to 65535"):
        Settings.read({"SLIPWAY_PORT": port})


def test_read_names_every_problem_at_once() -> None:
    with pytest.raises(SettingError) as refused:
        Settings.read({"SLIPWAY_PORT": "x", "SLIPWAY_BATCH_IMAGES": "[]", "SLIPWAY_LAMBDA_IMAGES": "{"})

    text = str(refused.value)
    assert text.startswith("SETTING_INVALID: ")
    assert [name in text for name in ("SLIPWAY_PORT", "SLIPWAY_BATCH_IMAGES", "SLIPWAY_LAMBDA_IMAGES")] == [True] * 3


def test_client_settings_point_everything_at_this_port() -> None:
    found = client_settings(Settings.read({"SLIPWAY_PORT": "4601"}))

    assert found["AWS_ENDPOINT_URL"] == found["AWS_ENDPOINT_URL_S3"] == "http://127.0.0.1:4601"
    assert found["CDK_DEFAULT_ACCOUNT"] == "000000000000"
    assert found["AWS_REGION"] == found["CDK_DEFAULT_REGION"] == "us-east-1"


def test_listens_on_loopback_unless_told_otherwise() -> None:
    assert Settings.read({}).listen == "127.0.0.1"
    assert Settings.read({"SLIPWAY_LISTEN": "0.0.0.0"}).listen == "0.0.0.0"  # noqa: S104
    with pytest.raises(SettingError, match="SLIPWAY_LISTEN is 'all', expected an IPv4 address"):
        Settings.read({"SLIPWAY_LISTEN": "all"})
