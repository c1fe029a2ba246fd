"""Deploys the sample function, for tests that start LocalStack."""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLE = "arn:aws:iam::000000000000:role/any"
SOURCES = Path(__file__).parent / "java"


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Make a zip in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def compiled(folder: Path, *sources: Path) -> dict[str, bytes]:
    """Compile Java sources against AWS's Lambda interfaces; returns classes by file name."""
    client = Path(sys.prefix) / "ric"
    javac = Path(os.environ["JAVA_HOME"]) / "bin" / "javac"
    subprocess.run([javac, "-d", folder, "-cp", f"{client}/*", *sources], check=True, timeout=120)
    return {found.name: found.read_bytes() for found in folder.glob("*.class")}


@dataclass(frozen=True)
class Answer:
    """What Invoke gave."""

    payload: Any
    error: str | None
    version: str
    log: str


class Function:
    """One deployed function."""

    def __init__(self, aws: Any, name: str) -> None:
        self.client = aws.client("lambda")
        self.aws = aws
        self.name = name

    def create(self, code: bytes, runtime: str = "java25", handler: str = "Sample", **settings: Any) -> Function:
        """Create it and wait until it can be invoked."""
        given = {"MemorySize": 256, "Timeout": 20} | settings
        self.client.create_function(
            FunctionName=self.name, Runtime=runtime, Handler=handler, Role=ROLE, Code={"ZipFile": code}, **given
        )
        self.client.get_waiter("function_active_v2").wait(FunctionName=self.name, WaiterConfig={"Delay": 1})
        return self

    def update(self, **settings: Any) -> None:
        """Change $LATEST's settings and wait."""
        self.client.update_function_configuration(FunctionName=self.name, **settings)
        self.client.get_waiter("function_updated_v2").wait(FunctionName=self.name, WaiterConfig={"Delay": 1})

    def publish(self) -> str:
        """Publish a version, wait until it is active and return its number."""
        version: str = self.client.publish_version(FunctionName=self.name)["Version"]
        waiter = self.client.get_waiter("function_active_v2")
        waiter.wait(FunctionName=self.name, Qualifier=version, WaiterConfig={"Delay": 1})
        return version

    def invoke(self, qualifier: str = "$LATEST", **event: Any) -> Answer:
        """Invoke it and wait for the answer."""
        found = self.client.invoke(
            FunctionName=self.name, Qualifier=qualifier, Payload=json.dumps(event), LogType="Tail"
        )
        return Answer(
            json.load(found["Payload"]),
            found.get("FunctionError"),
            found["ExecutedVersion"],
            base64.b64decode(found["LogResult"]).decode(),
        )
