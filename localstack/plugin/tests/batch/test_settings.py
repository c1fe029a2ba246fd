"""Settings of Batch: defaults, environment, changes while it runs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from slipway_localstack.batch.runner import command_of
from slipway_localstack.batch.settings import CurrentSettings, Settings, SettingsError
from tests.batch.desk import Desk


def test_defaults_are_those_of_aws() -> None:
    settings = Settings.from_environment({})

    assert settings == Settings()
    assert settings.stop_seconds == 30
    assert settings.minimum_timeout_seconds == 60
    assert settings.minimum_state_limit_seconds == 600


def test_environment_sets_every_setting() -> None:
    given: dict[str, Any] = {
        "images": {"slipway/job:local": ["java", "-cp", "x"]},
        "runner": "docker",
        "no_capacity": ["slipway-gpu"],
        "concurrency": 3,
        "starting_seconds": 0,
        "running_seconds": 0.5,
        "stop_seconds": 1,
        "minimum_timeout_seconds": 1,
        "minimum_state_limit_seconds": 2,
        "longest_state_limit_seconds": 5,
    }

    settings = Settings.from_environment({f"SLIPWAY_BATCH_{key.upper()}": json.dumps(given[key]) for key in given})

    assert json.loads(json.dumps(settings.to_json())) == given
    assert set(given) == set(Settings().to_json()), "a setting has no example here"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"speed": 1}, "BATCH_SETTING_UNKNOWN: speed; expected some of concurrency"),
        ({"images": ["a"]}, "BATCH_IMAGES_INVALID: expected an object"),
        ({"images": {"a": "java"}}, "BATCH_IMAGES_INVALID: the value of a must be a list of strings"),
        ({"no_capacity": "gpu"}, "no_capacity must be a list of names"),
        ({"runner": "podman"}, "runner must be one of process, docker, found 'podman'"),
        ({"concurrency": 0}, "concurrency must be at least 1"),
        ({"concurrency": 1.5}, "concurrency must be a whole number"),
        ({"stop_seconds": -1}, "stop_seconds must be at least 0"),
        ({"stop_seconds": True}, "stop_seconds must be a number"),
    ],
)
def test_wrong_values_are_refused_and_change_nothing(values: dict[str, Any], message: str) -> None:
    current = CurrentSettings(Settings(concurrency=5))

    with pytest.raises(SettingsError, match="BATCH_") as caught:
        current.change({"stop_seconds": 9} | values)

    assert message in str(caught.value)
    assert current.get() == Settings(concurrency=5)


def test_environment_that_is_no_json_is_refused() -> None:
    with pytest.raises(SettingsError, match="SLIPWAY_BATCH_CONCURRENCY is not JSON"):
        Settings.from_environment({"SLIPWAY_BATCH_CONCURRENCY": "many"})


def test_mapped_image_stands_before_the_command_and_an_unmapped_one_does_not() -> None:
    desk = Desk().furnish()
    desk.define("d", {"image": "slipway/job:local", "command": ["train"]})
    job = desk.provider.find_job(desk.submit())
    assert job is not None

    assert command_of(job, {"slipway/job:local": ["java", "Main"]}) == ["java", "Main", "train"]
    assert command_of(job, {"another": ["java"]}) == ["train"]
