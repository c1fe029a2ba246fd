"""Children, with real processes."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from slipway_localstack.processes import Children, ProcessRecord, marked, start_ticks
from tests.conftest import eventually


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    found = Children(tmp_path / "children", str(tmp_path))
    yield found
    found.end_leftovers()


def spawn(children: Children, command: str) -> subprocess.Popen[bytes]:
    return children.spawn(
        ["sh", "-c", command],
        kind="job",
        label="test",
        cwd=children.folder,
        env={"PATH": os.environ["PATH"]},
        stdout=subprocess.DEVNULL,
    )


def test_spawn_records_the_process(children: Children) -> None:
    process = spawn(children, "exec sleep 60")

    (record,) = children.records()
    assert (record.pid, record.kind, record.label) == (process.pid, "job", "test")
    assert record.alive()


def test_end_leaves_no_process_of_the_session(children: Children) -> None:
    process = spawn(children, "sleep 60 & sleep 60 & wait")
    eventually(lambda: len(marked(children.mark)) == 3)

    children.end(process)

    eventually(lambda: marked(children.mark) == [])
    assert children.records() == []


def test_end_leftovers_ends_what_left_its_session_and_names_it(children: Children) -> None:
    process = spawn(children, "setsid sleep 61 & exec sleep 60")
    eventually(lambda: len(marked(children.mark)) == 2)

    after = Children(children.folder, children.mark)
    ended = after.end_leftovers()

    assert sorted(each.kind for each in ended) == ["job", "unrecorded"]
    assert any("sleep 61" in each.label for each in ended)
    assert process.wait(5) != 0
    assert marked(children.mark) == []
    assert after.records() == []


def test_end_leftovers_spares_a_reused_pid(children: Children) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        record = ProcessRecord.of(other.pid, "job", "reused")
        for stale in (replace(record, start_ticks=record.start_ticks - 1), replace(record, boot="another boot")):
            (children.folder / f"{other.pid}.json").write_text(json.dumps(asdict(stale)))

            assert children.end_leftovers() == []

        assert start_ticks(other.pid) == record.start_ticks
        other.kill()


def test_records_drops_a_torn_file(children: Children) -> None:
    (children.folder / "7.json").write_text('{"pid": 7')

    assert children.records() == []
    assert list(children.folder.iterdir()) == []
