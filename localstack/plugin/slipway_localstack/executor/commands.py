"""What is run for a function: command line, folder and environment, by runtime."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slipway_localstack.executor import native_client

JAVA_RUNTIMES = ("java25", "java21", "java17", "java11", "java8.al2")
PYTHON_RUNTIMES = ("python3.13",)
CUSTOM_RUNTIMES = ("provided.al2023", "provided.al2", "provided")
RUNTIMES = (*JAVA_RUNTIMES, *PYTHON_RUNTIMES, *CUSTOM_RUNTIMES)
HEAP_SHARE = 0.85
"""Heap as a share of the function's memory, as AWS's own Java runtimes set it (445645k of 512 MB)."""
_MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
# AWS's Java runtimes stop at C1 and use the serial collector; so do we, or times here would mislead.
_JAVA_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED")


class UnsupportedRuntimeError(Exception):
    """The function cannot run here; the message is the version's StateReason."""


@dataclass(frozen=True)
class Folders:
    """Real folders behind /var/task, /opt and /tmp of one environment."""

    task: Path
    opt: Path
    temporary: Path


@dataclass(frozen=True)
class Tools:
    """What the host brings: JDK 25, Python 3.13 and AWS's runtime clients for both."""

    java_home: str
    runtime_client: Path
    native_client: Path
    python: str
    python_client: Path


@dataclass(frozen=True)
class Command:
    """A process to start."""

    argv: tuple[str, ...]
    cwd: Path


def check_runtime(runtime: str | None) -> None:
    """Refuse a runtime that has no command here."""
    if runtime not in RUNTIMES:
        known = ", ".join(RUNTIMES)
        raise UnsupportedRuntimeError(
            f"LAMBDA_RUNTIME_UNSUPPORTED: runtime '{runtime}' has no process executor here; expected one of {known}"
        )


def command_for(runtime: str, handler: str, memory_mb: int, folders: Folders, tools: Tools) -> Command:
    """Return the command of a zip function."""
    check_runtime(runtime)
    if runtime in JAVA_RUNTIMES:
        return java_command(handler, memory_mb, folders, tools)
    if runtime in PYTHON_RUNTIMES:
        # -P: the module `awslambdaric` is the client's, whatever lies in the function's folder.
        return Command((tools.python, "-P", "-m", "awslambdaric", handler), folders.task)
    return bootstrap_command(folders)


def java_command(handler: str, memory_mb: int, folders: Folders, tools: Tools) -> Command:
    """Start AWS's Java runtime client; it loads the function's classes from the working directory."""
    if not tools.java_home:
        raise UnsupportedRuntimeError("JDK_MISSING: JAVA_HOME names no JDK 25, so Java functions cannot run")
    layers = sorted(str(jar) for jar in (folders.opt / "java" / "lib").glob("*.jar"))
    class_path = os.pathsep.join([f"{tools.runtime_client}/*", *layers])
    heap = int(memory_mb * 1024 * HEAP_SHARE)
    argv = (
        f"{tools.java_home}/bin/java",
        f"-Xmx{heap}k",
        *_JAVA_FLAGS,
        f"-Djava.io.tmpdir={folders.temporary}",
        f"-D{native_client.PROPERTY}={native_client.unpack(tools.runtime_client, tools.native_client)}",
        "-cp",
        class_path,
        _MAIN,
        handler,
    )
    return Command(argv, folders.task)


def bootstrap_command(folders: Folders) -> Command:
    """Start the function's own `bootstrap`, from the code or from a layer."""
    for folder in (folders.task, folders.opt):
        if (folder / "bootstrap").is_file():
            return Command((str(folder / "bootstrap"),), folders.task)
    raise UnsupportedRuntimeError(
        f"Couldn't find valid bootstrap(s): [{folders.task}/bootstrap {folders.opt}/bootstrap]"
    )


def environment_for(
    given: Mapping[str, Any], runtime: str | None, address: str, folders: Folders, tools: Tools
) -> dict[str, str]:
    """Build the process's environment: LocalStack's variables for the function, and nothing of the host's."""
    clean = {name: str(value) for name, value in given.items() if value is not None}
    for internal in ("LOCALSTACK_RUNTIME_ID", "LOCALSTACK_RUNTIME_ENDPOINT", "LOCALSTACK_USER"):
        clean.pop(internal, None)
    path = [f"{folders.opt}/bin", "/usr/local/bin", "/usr/bin", "/bin"]
    libraries = [f"{folders.task}", f"{folders.task}/lib", f"{folders.opt}/lib"]
    ours = {
        "AWS_LAMBDA_RUNTIME_API": address,
        "LAMBDA_TASK_ROOT": str(folders.task),
        "SLIPWAY_OPT_ROOT": str(folders.opt),
        "TMPDIR": str(folders.temporary),
        "HOME": str(folders.temporary),
        "TZ": "UTC",
    }
    defaults = {
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join(path),
        "LD_LIBRARY_PATH": os.pathsep.join(libraries),
        "JAVA_HOME": tools.java_home,
    }
    if runtime in PYTHON_RUNTIMES:
        ours |= python_variables(clean, folders, tools)
    if runtime is not None:
        ours["AWS_EXECUTION_ENV"] = f"AWS_Lambda_{runtime}"
    return defaults | clean | ours


def python_variables(given: Mapping[str, str], folders: Folders, tools: Tools) -> dict[str, str]:
    """Put client, layers and the function's own path in AWS's order; keep what an unpacked interpreter needs."""
    own = [given["PYTHONPATH"]] if given.get("PYTHONPATH") else []
    places = [f"{folders.task}", *own, f"{folders.opt}/python", f"{tools.python_client}"]
    unpacked = {name: os.environ[name] for name in ("PYTHONHOME",) if name in os.environ}
    if unpacked and "LD_LIBRARY_PATH" in os.environ:
        unpacked["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return {"PYTHONPATH": os.pathsep.join(places), "PYTHONUNBUFFERED": "1", **unpacked}
