"""Command lines and variables of functions."""

from __future__ import annotations

from pathlib import Path

import pytest

from slipway_localstack.executor import native_client
from slipway_localstack.executor.commands import (
    Folders,
    Tools,
    UnsupportedRuntimeError,
    command_for,
    environment_for,
)

TOOLS = Tools("/jdk", Path("/ric"), Path("/native"), "/python", Path("/python-client"))


@pytest.fixture(autouse=True)
def native_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native_client, "unpack", lambda client, target: target / f"from{client.name}.so")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = Folders(tmp_path / "task", tmp_path / "opt", tmp_path / "tmp")
    for folder in (found.task, found.opt, found.temporary):
        folder.mkdir()
    return found


def test_command_of_java_starts_aws_client_in_task_folder(folders: Folders) -> None:
    command = command_for("java25", "a.B", 512, folders, TOOLS)

    assert command.cwd == folders.task
    assert command.argv[0] == "/jdk/bin/java"
    assert command.argv[-2:] == ("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", "a.B")
    assert "-Xmx445644k" in command.argv
    assert "-XX:+UseSerialGC" in command.argv
    assert f"-Djava.io.tmpdir={folders.temporary}" in command.argv
    assert f"-D{native_client.PROPERTY}=/native/fromric.so" in command.argv


def test_command_of_java_puts_jars_of_layers_on_class_path_in_order(folders: Folders) -> None:
    library = folders.opt / "java" / "lib"
    library.mkdir(parents=True)
    for name in ("b.jar", "a.jar", "not.txt"):
        (library / name).touch()

    command = command_for("java25", "a.B", 512, folders, TOOLS)

    assert command.argv[command.argv.index("-cp") + 1] == f"/ric/*:{library}/a.jar:{library}/b.jar"


def test_command_of_java_without_jdk_says_so(folders: Folders) -> None:
    with pytest.raises(UnsupportedRuntimeError, match="JDK_MISSING"):
        command_for("java25", "a.B", 512, folders, Tools("", Path(), Path(), "", Path()))


def test_command_of_custom_runtime_is_bootstrap_of_code_or_layer(folders: Folders) -> None:
    with pytest.raises(UnsupportedRuntimeError, match="Couldn't find valid bootstrap"):
        command_for("provided.al2023", "x", 128, folders, TOOLS)

    (folders.opt / "bootstrap").touch()
    assert command_for("provided.al2023", "x", 128, folders, TOOLS).argv == (f"{folders.opt}/bootstrap",)
    (folders.task / "bootstrap").touch()
    assert command_for("provided.al2023", "x", 128, folders, TOOLS).argv == (f"{folders.task}/bootstrap",)


def test_command_of_unknown_runtime_names_the_known(folders: Folders) -> None:
    with pytest.raises(UnsupportedRuntimeError, match=r"runtime 'go1\.x'.*expected one of java25"):
        command_for("go1.x", "x", 128, folders, TOOLS)


def test_variables_of_function_cannot_replace_the_reserved(folders: Folders) -> None:
    given = {
        "LAMBDA_TASK_ROOT": "/var/task",
        "AWS_LAMBDA_RUNTIME_API": "x",
        "TZ": "CET",
        "LANG": "de",
        "N": 5,
        "E": None,
    }

    found = environment_for(given, "java25", "127.0.0.1:5", folders, TOOLS)

    assert found["LAMBDA_TASK_ROOT"] == str(folders.task)
    assert found["SLIPWAY_OPT_ROOT"] == str(folders.opt)
    assert found["AWS_LAMBDA_RUNTIME_API"] == "127.0.0.1:5"
    assert found["TMPDIR"] == str(folders.temporary)
    assert found["TZ"] == "UTC"
    assert found["LANG"] == "de"
    assert found["N"] == "5"
    assert "E" not in found
    assert found["AWS_EXECUTION_ENV"] == "AWS_Lambda_java25"


def test_variables_of_function_have_nothing_of_the_host(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_HOST", "x")

    found = environment_for({"LOCALSTACK_RUNTIME_ID": "x"}, "java25", "a", folders, TOOLS)

    assert "SECRET_OF_THE_HOST" not in found
    assert "LOCALSTACK_RUNTIME_ID" not in found


def test_variables_of_python_put_code_before_layer_before_client(folders: Folders) -> None:
    found = environment_for({"PYTHONPATH": "mine"}, "python3.13", "a", folders, TOOLS)

    assert found["PYTHONPATH"] == f"{folders.task}:mine:{folders.opt}/python:/python-client"


def test_variables_of_python_keep_what_an_unpacked_interpreter_needs(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHOME", "/unpacked")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/unpacked/lib")

    assert environment_for({}, "python3.13", "a", folders, TOOLS)["PYTHONHOME"] == "/unpacked"
    assert environment_for({}, "python3.13", "a", folders, TOOLS)["LD_LIBRARY_PATH"] == "/unpacked/lib"
    assert "PYTHONHOME" not in environment_for({}, "java25", "a", folders, TOOLS)
