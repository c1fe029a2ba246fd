"""Image functions without a container engine."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from slipway_localstack.executor.commands import Folders, UnsupportedRuntimeError
from slipway_localstack.executor.images import entry_of, image_command, read_map
from tests.conftest import LocalAws, free_port, run_control
from tests.executor.functions import ROLE, Function


def test_entry_of_known_image_is_its_argument_list() -> None:
    assert entry_of("a:1", read_map('{"a:1":["/bin/x","-v"]}')) == ("/bin/x", "-v")


@pytest.mark.parametrize("text", ["", "{}", '{"b":["x"],"a":[]}'])
def test_entry_of_unknown_image_names_the_known(text: str) -> None:
    with pytest.raises(UnsupportedRuntimeError, match="LAMBDA_IMAGE_UNKNOWN: image 'a'"):
        entry_of("a", read_map(text))


def test_image_command_appends_the_functions_command(tmp_path: Path) -> None:
    folders = Folders(tmp_path, tmp_path, tmp_path)

    command = image_command(("/entry",), ["handler"], None, folders)

    assert command.argv == ("/entry", "handler")
    assert command.cwd == tmp_path


def test_image_command_runs_in_working_directory_that_exists(tmp_path: Path) -> None:
    place = tmp_path / "work"
    place.mkdir()
    folders = Folders(tmp_path, tmp_path, tmp_path)

    assert image_command(("/e",), None, str(place), folders).cwd == place
    assert image_command(("/e",), None, "/only/in/the/image", folders).cwd == tmp_path


@pytest.mark.localstack
def test_image_function_runs_its_command(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = Path(__file__).parent / "runtime.py"
    monkeypatch.setenv("SLIPWAY_LAMBDA_IMAGES", json.dumps({"mine:1": [sys.executable, "-S", str(runtime)]}))
    home, port = tmp_path_factory.mktemp("images"), free_port()
    (home / "venv").symlink_to(sys.prefix)
    started = run_control("start", home, port)
    assert started.returncode == 0, started.stderr
    try:
        function = Function(LocalAws(f"http://127.0.0.1:{port}", home), "image")
        function.client.create_function(
            FunctionName="image",
            PackageType="Image",
            Code={"ImageUri": "mine:1"},
            ImageConfig={"Command": ["normal"]},
            Role=ROLE,
            Timeout=10,
        )
        function.client.get_waiter("function_active_v2").wait(FunctionName="image", WaiterConfig={"Delay": 1})

        answer = function.invoke(print="from the image\n")

        assert answer.error is None
        assert "from the image" in answer.log
        assert "starting normal" in answer.log
    finally:
        run_control("stop", home, port)
