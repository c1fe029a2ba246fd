"""Jobs that wait for others, and arrays."""

from __future__ import annotations

import pytest

from tests.batch.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk().furnish()


def test_job_without_dependency_goes_straight_to_runnable_and_starts(desk: Desk) -> None:
    job = desk.submit()
    assert desk.status(job) == "SUBMITTED"

    desk.tick()
    desk.runs[job].run()
    desk.runs[job].end(0)

    assert [state for _, state in desk.changes] == ["SUBMITTED", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED"]


def test_dependent_job_is_pending_until_the_other_succeeds(desk: Desk) -> None:
    first = desk.submit()
    second = desk.submit(dependsOn=[{"jobId": first}])

    desk.tick()
    assert desk.status(second) == "PENDING"
    desk.finish(first)

    assert desk.status(second) == "STARTING"


def test_dependent_job_fails_when_the_other_fails(desk: Desk) -> None:
    first = desk.submit()
    second = desk.submit(dependsOn=[{"jobId": first}])
    third = desk.submit(dependsOn=[{"jobId": second}])

    desk.finish(first, 1)
    desk.tick()

    assert desk.status(second) == "FAILED"
    assert desk.job(second)["statusReason"] == "Dependent Job failed"
    assert desk.job(second)["attempts"] == []
    assert "logStreamName" not in desk.job(second)["container"]
    assert desk.status(third) == "FAILED"


@pytest.mark.parametrize(
    ("dependencies", "message"),
    [
        ([{"jobId": "nobody"}], "Job nobody in dependsOn does not exist"),
        ([{"type": "N_TO_N"}], "dependsOn.jobId must be provided"),
        ([{"type": "SEQUENTIAL"}], "dependsOn.jobId must be provided"),
        ([{"jobId": "x", "type": "SOMETIMES"}], "must be one of N_TO_N | SEQUENTIAL"),
        ([{"jobId": "x"}] * 21, "at most 20"),
    ],
)
def test_submit_with_a_wrong_dependency_is_refused(
    desk: Desk, dependencies: list[dict[str, str]], message: str
) -> None:
    assert message in desk.refused("submit_job", jobName="j", jobQueue="q", jobDefinition="d", dependsOn=dependencies)


def test_array_runs_every_child_and_succeeds_with_the_last(desk: Desk) -> None:
    array = desk.submit(arrayProperties={"size": 3})
    desk.tick()
    assert desk.status(array) == "PENDING"
    assert desk.job(array)["arrayProperties"]["statusSummary"]["STARTING"] == 3

    for index in range(3):
        desk.finish(f"{array}:{index}")

    parent = desk.job(array)
    assert parent["status"] == "SUCCEEDED"
    assert parent["arrayProperties"]["size"] == 3
    assert parent["arrayProperties"]["statusSummary"]["SUCCEEDED"] == 3
    assert parent["attempts"] == []
    assert desk.job(f"{array}:1")["arrayProperties"]["index"] == 1
    assert desk.job(f"{array}:1")["jobArn"].endswith(f"job/{array}:1")


def test_array_fails_with_a_child_but_lets_the_others_end(desk: Desk) -> None:
    array = desk.submit(arrayProperties={"size": 2})

    desk.finish(f"{array}:0", 1)
    assert desk.status(array) == "PENDING"
    desk.finish(f"{array}:1")

    assert desk.status(array) == "FAILED"
    summary = desk.job(array)["arrayProperties"]["statusSummary"]
    assert (summary["SUCCEEDED"], summary["FAILED"]) == (1, 1)


def test_sequential_array_runs_one_child_after_the_other(desk: Desk) -> None:
    array = desk.submit(arrayProperties={"size": 3}, dependsOn=[{"type": "SEQUENTIAL"}])

    desk.tick()
    assert [desk.status(f"{array}:{index}") for index in range(3)] == ["STARTING", "PENDING", "PENDING"]
    desk.finish(f"{array}:0")

    assert [desk.status(f"{array}:{index}") for index in range(3)] == ["SUCCEEDED", "STARTING", "PENDING"]


def test_n_to_n_child_waits_for_the_child_of_its_index_only(desk: Desk) -> None:
    first = desk.submit(arrayProperties={"size": 2})
    second = desk.submit(arrayProperties={"size": 2}, dependsOn=[{"jobId": first, "type": "N_TO_N"}])

    desk.finish(f"{first}:1")

    assert desk.status(f"{second}:0") == "PENDING"
    assert desk.status(f"{second}:1") == "STARTING"


def test_n_to_n_needs_arrays_of_one_size(desk: Desk) -> None:
    first = desk.submit(arrayProperties={"size": 2})
    dependency = [{"jobId": first, "type": "N_TO_N"}]
    request = {"jobName": "j", "jobQueue": "q", "jobDefinition": "d", "dependsOn": dependency}

    assert "same size" in desk.refused("submit_job", **request)
    assert "same size" in desk.refused("submit_job", **request, arrayProperties={"size": 3})


@pytest.mark.parametrize("size", [0, 1, 10_001])
def test_array_of_a_wrong_size_is_refused(desk: Desk, size: int) -> None:
    message = desk.refused("submit_job", jobName="j", jobQueue="q", jobDefinition="d", arrayProperties={"size": size})

    assert "between 2 and 10000" in message
