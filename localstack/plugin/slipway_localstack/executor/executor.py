"""LocalStack's view of the executor: one `HostExecutor` per execution environment."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from slipway_localstack import state
from slipway_localstack.executor import code, images
from slipway_localstack.executor.commands import Command, Folders, Tools, check_runtime, command_for, environment_for
from slipway_localstack.executor.environment import HostEnvironment, Limits, Request
from slipway_localstack.executor.process import Launcher
from slipway_localstack.metrics import emf, invocations
from slipway_localstack.metrics.datum import Datum
from slipway_localstack.metrics.patch import publisher

_LOOPBACK = "127.0.0.1"


class HostExecutor(RuntimeExecutor):
    """Runs a function's environment as a process of this machine."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:  # noqa: A002 - name given by LocalStack
        super().__init__(id, function_version)
        self._environment: HostEnvironment | None = None

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpack code and layers; what raises here becomes the version's StateReason."""
        if function_version.config.image is not None:
            images.entry_of(function_version.config.image.image_uri, known_images())
            return
        check_runtime(function_version.config.runtime)
        code.prepare(function_version)

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Nothing to do: LocalStack removes unpacked code, and merged layers may be shared."""

    def start(self, env_vars: dict[str, Any]) -> None:
        """Start the process. Provisioned concurrency must fail now; others tell the first caller of the failure."""
        version = self.function_version
        folders = folders_of(version, code.temporary_folder(self.id))
        variables = dict(env_vars)
        if restores_snapshots(version):
            variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "snap-start"
        self._environment = HostEnvironment(
            label=self.id,
            limits=Limits(version.id.qualifier, version.config.memory_size, version.config.timeout),
            folders=folders,
            launcher=launcher_for(version, variables),
            children=state.children(),
            on_line=self._publish_line,
        )
        failure = self._environment.start()
        if failure is not None and variables.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency":
            raise StatusErrorException("the function did not start", payload=failure.payload)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        """Run one invocation."""
        request = Request(
            request_id=payload["invoke-id"],
            payload=payload["payload"].encode(),
            function_arn=payload["invoked-function-arn"],
            trace_id=payload["trace-id"],
        )
        outcome = self._started().invoke(request)
        finished = invocations.finished(
            request.function_arn,
            self.function_version.id.qualifier,
            outcome.is_error,
            outcome.duration_millis,
            time.time(),
        )
        self._publish(finished)
        return InvocationResult(
            request_id=request.request_id,
            payload=outcome.payload,
            is_error=outcome.is_error,
            logs="\n".join(outcome.lines) + "\n",
        )

    def _publish_line(self, line: str) -> None:
        self._publish(emf.read(line))

    def _publish(self, data: list[Datum]) -> None:
        identity = self.function_version.id
        publisher().publish(identity.account, identity.region, data)

    def _started(self) -> HostEnvironment:
        if self._environment is None:
            raise AssertionError("LocalStack invokes an environment only after its start")
        return self._environment

    def stop(self) -> None:
        """End the process; may come before or during `start`."""
        if self._environment is not None:
            self._environment.stop()

    def get_address(self) -> str:
        """Return where the environment is, seen from LocalStack."""
        return _LOOPBACK

    def get_endpoint_from_executor(self) -> str:
        """Return where LocalStack is, seen from the environment."""
        return _LOOPBACK

    def get_runtime_endpoint(self) -> str:
        """Return nothing of use: each process has a Runtime API of its own."""
        return f"http://{_LOOPBACK}"

    def get_logs(self) -> str:
        """Return the last output, for LocalStack's log."""
        return self._environment.tail() if self._environment is not None else ""


def restores_snapshots(version: Any) -> bool:
    """Say whether the version asks for SnapStart; $LATEST never has a snapshot."""
    snap_start = version.config.snap_start or {}
    return bool(snap_start.get("ApplyOn") == "PublishedVersions" and version.id.qualifier != "$LATEST")


def tools() -> Tools:
    """Return the JDK that the launcher found, the Python that runs this, and the clients beside it."""
    settings = state.settings()
    return Tools(
        java_home=settings.java_home,
        runtime_client=settings.environment / "ric",
        native_client=settings.state / "lambda-client",
        python=sys.executable,
        python_client=settings.environment / "python-client",
    )


def known_images() -> dict[str, tuple[str, ...]]:
    """Return the commands that stand for images."""
    return images.read_map(state.settings().lambda_images)


def folders_of(version: Any, temporary: Path) -> Folders:
    """Unpack what a zip function needs; an image brings its own files."""
    if version.config.image is not None:
        return Folders(task=temporary, opt=temporary, temporary=temporary)
    code.prepare(version)
    return Folders(task=code.task_folder(version), opt=code.opt_folder(version), temporary=temporary)


def launcher_for(version: Any, variables: dict[str, Any]) -> Launcher:
    """Bind what is known of the version; folders and address come when a process starts."""
    config = version.config
    environment = partial(_variables, config.runtime, variables)
    if config.image is None:
        return Launcher(partial(_command, config.runtime, config.handler, config.memory_size), environment)
    own = config.image_config
    entry = images.entry_of(config.image.image_uri, known_images())
    return Launcher(
        partial(images.image_command, entry, own.command if own else None, own.working_directory if own else None),
        environment,
    )


def _command(runtime: str, handler: str, memory_mb: int, folders: Folders) -> Command:
    return command_for(runtime, handler, memory_mb, folders, tools())


def _variables(runtime: str | None, given: dict[str, Any], address: str, folders: Folders) -> dict[str, str]:
    return environment_for(given, runtime, address, folders, tools())
