"""The launcher's own messages: a home that cannot be written, a disk that is full."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from slipway_localstack.control import __main__ as control
from slipway_localstack.control import server

LAUNCH = Path(__file__).parents[3] / "launch"


def launched(home: Path, command: str = "status") -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "SLIPWAY_HOME": str(home)}
    return subprocess.run([LAUNCH, command], env=variables, capture_output=True, text=True, check=False)


def test_home_that_is_a_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")

    ended = launched(tmp_path / "home")

    assert ended.returncode == 1
    assert ended.stderr.startswith("HOME_NOT_WRITABLE: user ")
    assert "SLIPWAY_HOME" in ended.stderr


def test_folder_inside_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "mirror").write_text("")

    assert f"cannot write the folder {tmp_path / 'mirror'}" in launched(tmp_path).stderr


def test_usable_home_is_made(tmp_path: Path) -> None:
    assert "not installed, so not running" in launched(tmp_path / "new" / "home").stderr
    assert (tmp_path / "new" / "home").is_dir()


def test_too_little_space_says_how_much_is_needed(tmp_path: Path) -> None:
    lib = LAUNCH.parent / "lib"
    script = f". {lib}/messages.sh; . {lib}/home.sh; need_space 999999999 'a start'"
    variables = {**os.environ, "SLIPWAY_HOME": str(tmp_path)}
    ended = subprocess.run(["bash", "-c", script], env=variables, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr.startswith("DISK_FULL: a start needs 999999999 MiB; ")


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "DISK_FULL"), (errno.EROFS, "HOME_NOT_WRITABLE"), (errno.EIO, "SYSTEM_ERROR")]
)
def test_refusal_of_the_system_is_one_line(
    number: int, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_settings: object) -> str:
        raise OSError(number, os.strerror(number), "/disk/file")

    monkeypatch.setattr(server, "start", refuse)

    assert control.main(["start"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"{code}: /disk/file: ")
    assert said.count("\n") == 1
