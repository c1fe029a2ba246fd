"""ListJobs: states, filters, pages."""

from __future__ import annotations

import pytest

from slipway_localstack.batch.settings import Settings
from tests.batch.desk import Desk


def names(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return sorted(each["jobName"] for each in answer["jobSummaryList"])


@pytest.fixture
def desk() -> Desk:
    """Jobs alpha-1 (SUCCEEDED), alpha-2 (RUNNING) and beta (RUNNABLE)."""
    desk = Desk(Settings(concurrency=1)).furnish()
    desk.define("other")
    done = desk.submit(jobName="alpha-1")
    desk.finish(done)
    running = desk.submit(jobName="alpha-2")
    desk.submit(jobName="beta", jobDefinition="other")
    desk.tick()
    desk.runs[running].run()
    return desk


def test_list_without_a_state_gives_what_runs(desk: Desk) -> None:
    assert names(desk.call("list_jobs", jobQueue="q")) == ["alpha-2"]


@pytest.mark.parametrize(("status", "expected"), [("SUCCEEDED", ["alpha-1"]), ("RUNNABLE", ["beta"]), ("FAILED", [])])
def test_list_by_state(desk: Desk, status: str, expected: list[str]) -> None:
    assert names(desk.call("list_jobs", jobQueue="q", jobStatus=status)) == expected


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("JOB_NAME", ["alpha-1"], ["alpha-1"]),
        ("JOB_NAME", ["ALPHA*"], ["alpha-1", "alpha-2"]),
        ("JOB_NAME", ["alpha-1", "beta"], ["alpha-1", "beta"]),
        ("JOB_DEFINITION", ["other"], ["beta"]),
        ("JOB_DEFINITION", ["d:1"], ["alpha-1", "alpha-2"]),
        ("JOB_DEFINITION", ["d:2"], []),
        ("JOB_DEFINITION", ["o*"], ["beta"]),
        ("BEFORE_CREATED_AT", ["1"], []),
        ("AFTER_CREATED_AT", ["1"], ["alpha-1", "alpha-2", "beta"]),
    ],
)
def test_filter_looks_at_jobs_of_every_state(desk: Desk, name: str, values: list[str], expected: list[str]) -> None:
    answer = desk.call("list_jobs", jobQueue="q", jobStatus="FAILED", filters=[{"name": name, "values": values}])

    assert names(answer) == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ([{"name": "COLOUR", "values": ["red"]}], "must be one of JOB_NAME"),
        ([{"name": "JOB_NAME", "values": []}], "at least 1 value"),
        ([{"name": "AFTER_CREATED_AT", "values": ["yesterday"]}], "milliseconds since 1970"),
        ([{"name": "JOB_NAME", "values": ["a"]}] * 2, "at most 1"),
    ],
)
def test_wrong_filter_is_refused(desk: Desk, filters: list[dict[str, object]], message: str) -> None:
    assert message in desk.refused("list_jobs", jobQueue="q", filters=filters)


def test_list_needs_exactly_one_scope_that_exists(desk: Desk) -> None:
    assert "Exactly one of" in desk.refused("list_jobs")
    assert "Exactly one of" in desk.refused("list_jobs", jobQueue="q", arrayJobId="x")
    assert "Job queue none does not exist" in desk.refused("list_jobs", jobQueue="none")
    assert "Job none does not exist" in desk.refused("list_jobs", arrayJobId="none")
    assert "must be one of SUBMITTED" in desk.refused("list_jobs", jobQueue="q", jobStatus="LOST")


def test_children_are_listed_by_their_array_and_not_by_the_queue() -> None:
    desk = Desk().furnish()
    array = desk.submit(arrayProperties={"size": 3})
    desk.finish(f"{array}:1")

    children = desk.call("list_jobs", arrayJobId=array)["jobSummaryList"]
    done = desk.call("list_jobs", arrayJobId=array, jobStatus="SUCCEEDED")["jobSummaryList"]
    queue = desk.call("list_jobs", jobQueue="q", filters=[{"name": "JOB_NAME", "values": ["*"]}])["jobSummaryList"]

    assert [each["jobId"] for each in children] == [f"{array}:{index}" for index in range(3)]
    assert [(each["jobId"], each["arrayProperties"]["index"]) for each in done] == [(f"{array}:1", 1)]
    assert done[0]["container"]["exitCode"] == 0
    assert [each["jobId"] for each in queue] == [array]
    assert queue[0]["arrayProperties"]["size"] == 3


def test_pages_give_every_job_once() -> None:
    desk = Desk(Settings(no_capacity=("q",))).furnish()
    submitted = {desk.submit() for _ in range(5)}
    desk.tick()
    request: dict[str, object] = {"jobQueue": "q", "jobStatus": "RUNNABLE", "maxResults": 2}

    found, sizes = [], []
    while True:
        answer = desk.call("list_jobs", **request)
        found += [each["jobId"] for each in answer["jobSummaryList"]]
        sizes.append(len(answer["jobSummaryList"]))
        if "nextToken" not in answer:
            break
        request["nextToken"] = answer["nextToken"]

    assert sizes == [2, 2, 1]
    assert len(found) == 5
    assert set(found) == submitted


def test_newest_job_comes_first() -> None:
    desk = Desk(Settings(no_capacity=("q",))).furnish()
    jobs = [desk.submit() for _ in range(3)]
    desk.tick()
    for age, job_id in enumerate(jobs):
        job = desk.provider.find_job(job_id)
        assert job is not None
        job.created_at -= (3 - age) * 1000

    listed = desk.call("list_jobs", jobQueue="q", jobStatus="RUNNABLE")["jobSummaryList"]

    assert [each["jobId"] for each in listed] == jobs[::-1]


def test_foreign_token_and_wrong_page_size_are_refused() -> None:
    desk = Desk().furnish()

    assert "invalid nextToken" in desk.refused("list_jobs", jobQueue="q", nextToken="nonsense")
    assert "between 1 and" in desk.refused("list_jobs", jobQueue="q", maxResults=0)


def test_describe_jobs_takes_ids_and_arns_and_leaves_unknown_ones_out(desk: Desk) -> None:
    job = desk.call("list_jobs", jobQueue="q")["jobSummaryList"][0]

    found = desk.call("describe_jobs", jobs=[job["jobArn"], "nobody"])["jobs"]

    assert [each["jobId"] for each in found] == [job["jobId"]]
    assert "at most 100" in desk.refused("describe_jobs", jobs=["x"] * 101)
