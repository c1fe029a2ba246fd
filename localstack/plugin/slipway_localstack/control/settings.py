"""Settings of one local AWS, read once from the environment."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from slipway_localstack.batch.settings import Settings as BatchSettings
from slipway_localstack.batch.settings import SettingsError

ACCOUNT = "000000000000"
REGION = "us-east-1"
LOOPBACK = "127.0.0.1"
_HIGHEST_PORT = 65535


class SettingError(Exception):
    """A setting has a value that cannot be used; the message says which and what was expected."""


@dataclass(frozen=True)
class Settings:
    """Where the local AWS keeps its state and where it listens."""

    home: Path
    port: int
    listen: str
    java_home: str
    batch_images: str
    lambda_images: str

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Read and check the settings; raises SettingError with every problem found."""
        problems: list[str] = []
        settings = cls(
            home=Path(environment.get("SLIPWAY_HOME", ".slipway")).resolve(),
            port=_port(environment.get("SLIPWAY_PORT", "4566"), problems),
            listen=_address(environment.get("SLIPWAY_LISTEN", LOOPBACK), problems),
            java_home=environment.get("JAVA_HOME", ""),
            batch_images=_json_map("SLIPWAY_BATCH_IMAGES", environment, problems),
            lambda_images=_json_map("SLIPWAY_LAMBDA_IMAGES", environment, problems),
        )
        problems += _batch_problems(environment)
        if problems:
            raise SettingError("SETTING_INVALID: " + "; ".join(problems))
        return settings

    @property
    def endpoint(self) -> str:
        """The URL of every service. An address, so that SDKs use path style for S3 and need no DNS."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def state(self) -> Path:
        """The folder of LocalStack itself: its file system root, log, pid file and children."""
        return self.home / "localstack"

    @property
    def log(self) -> Path:
        """The log of the running (or last) LocalStack; the one before it ends in .1."""
        return self.state / "localstack.log"

    @property
    def pid_file(self) -> Path:
        """Names the running LocalStack by pid, start time and boot."""
        return self.state / "localstack.pid.json"

    @property
    def environment(self) -> Path:
        """The Python environment."""
        return self.home / "venv"


def _port(text: str, problems: list[str]) -> int:
    if text.isdigit() and 0 < int(text) <= _HIGHEST_PORT:
        return int(text)
    problems.append(f"SLIPWAY_PORT is '{text}', expected a port number from 1 to {_HIGHEST_PORT}")
    return 0


def _address(text: str, problems: list[str]) -> str:
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        problems.append(f"SLIPWAY_LISTEN is '{text}', expected an IPv4 address such as {LOOPBACK}")
        return LOOPBACK


def _batch_problems(environment: Mapping[str, str]) -> list[str]:
    try:
        BatchSettings.from_environment(environment)
    except SettingsError as problem:
        return [str(problem)]
    return []


def _json_map(name: str, environment: Mapping[str, str], problems: list[str]) -> str:
    text = environment.get(name) or "{}"
    try:
        valid = isinstance(json.loads(text), dict)
    except ValueError:
        valid = False
    if not valid:
        problems.append(f"{name} is not a JSON object: {text[:80]}")
    return text


def client_settings(settings: Settings) -> dict[str, str]:
    """List the variables that point SDKs, cdk and S3 clients at the local AWS."""
    tools = [settings.environment / "node" / "node_modules" / ".bin", settings.environment / "node-bin"]
    present = [str(folder) for folder in tools if folder.is_dir()]
    return {
        "AWS_ENDPOINT_URL": settings.endpoint,
        "AWS_ENDPOINT_URL_S3": settings.endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "CDK_DEFAULT_ACCOUNT": ACCOUNT,
        "CDK_DEFAULT_REGION": REGION,
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        "PATH": os.pathsep.join([*present, os.environ.get("PATH", os.defpath)]),
    }
