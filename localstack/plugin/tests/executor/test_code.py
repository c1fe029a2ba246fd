"""Folders of code and merged layers."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from slipway_localstack.executor import code


def layer(folder: Path, files: dict[str, str]) -> Any:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
    return SimpleNamespace(code=SimpleNamespace(get_unzipped_code_location=lambda: folder))


def version(*layers: Any) -> Any:
    return SimpleNamespace(config=SimpleNamespace(layers=list(layers)))


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_opt_folder_without_layers_is_empty() -> None:
    assert list(code.opt_folder(version()).iterdir()) == []


def test_opt_folder_of_one_layer_is_the_layer(tmp_path: Path) -> None:
    one = layer(tmp_path / "one", {"a": "1"})

    assert code.opt_folder(version(one)) == tmp_path / "one"


def test_opt_folder_of_layers_lets_the_later_win(tmp_path: Path) -> None:
    one = layer(tmp_path / "one", {"bundle/name": "one", "bundle/kept": "kept"})
    two = layer(tmp_path / "two", {"bundle/name": "two", "more/x": "x"})

    forth, back = code.opt_folder(version(one, two)), code.opt_folder(version(two, one))

    assert (forth / "bundle/name").read_text() == "two"
    assert (back / "bundle/name").read_text() == "one"
    assert (forth / "bundle/kept").read_text() == "kept"
    assert (forth / "more/x").read_text() == "x"
    assert (tmp_path / "one/bundle/name").read_text() == "one", "a layer must not change by being merged"
    assert code.opt_folder(version(one, two)) == forth


def test_merge_where_links_cannot_be_made_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("another file system")

    monkeypatch.setattr(os, "link", refuse)
    one, two = layer(tmp_path / "one", {"a": "1"}), layer(tmp_path / "two", {"b": "2"})

    merged = code.opt_folder(version(one, two))

    assert sorted(path.name for path in merged.iterdir()) == ["a", "b"]


def test_forget_former_removes_what_functions_left_and_nothing_else(tmp_path: Path) -> None:
    layer(tmp_path / "lambda" / "bucket", {"code/a": "1"})
    layer(tmp_path / "other", {"kept": "1"})
    temporary = code.temporary_folder("environment")
    temporary.mkdir(parents=True)
    opt = code.opt_folder(version())

    code.forget_former(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["other"]
    assert not opt.exists()
    assert not temporary.exists()
