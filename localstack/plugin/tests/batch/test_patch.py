"""Changes to Step Functions around Batch: jobs end with the state that waits for them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from slipway_localstack.batch.patch import PARAMETERS, WatchedJob, ending, forward, remembering
from slipway_localstack.patches.check import PatchError


class FakeBatch:
    """A client that keeps what was terminated."""

    def __init__(self) -> None:
        self.ended: list[str] = []

    def terminate_job(self, jobId: str, reason: str) -> None:  # noqa: N803 - boto's name
        """Keep the id."""
        assert reason
        self.ended.append(jobId)


def environment(running: bool) -> Any:
    return SimpleNamespace(is_running=lambda: running, stack=[{"JobId": "j1"}])


def watched(batch: FakeBatch) -> WatchedJob:
    built = remembering(lambda *_: lambda: {"Status": "SUCCEEDED"}, lambda **_: batch)
    return built(None, environment(True), SimpleNamespace(region="us-east-1"), {}, None)


def test_job_goes_on_while_the_execution_runs() -> None:
    batch = FakeBatch()
    wait = ending(lambda _task, sync_resolver, **_: sync_resolver())

    assert wait(None, env=environment(True), sync_resolver=watched(batch)) == {"Status": "SUCCEEDED"}
    assert batch.ended == []


def test_job_ends_with_an_execution_that_no_longer_runs() -> None:
    batch = FakeBatch()
    wait = ending(lambda *_, **__: None)

    assert wait(None, env=environment(False), sync_resolver=watched(batch)) is None
    assert batch.ended == ["j1"]


def test_job_ends_when_the_wait_fails_in_an_execution_that_no_longer_runs() -> None:
    batch = FakeBatch()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no answer")

    with pytest.raises(RuntimeError, match="no answer"):
        ending(broken)(None, env=environment(False), sync_resolver=watched(batch))
    assert batch.ended == ["j1"]


def test_parameters_are_forwarded_and_a_changed_localstack_is_noticed() -> None:
    bindings = {"submitjob": {"JobName"}}

    forward(bindings)

    assert bindings["submitjob"] == {"JobName", *PARAMETERS}
    for changed in (None, {}, {"submitjob": ["JobName"]}):
        with pytest.raises(PatchError):
            forward(changed)
