"""CancelJob and TerminateJob: every state of a job times both operations."""

from __future__ import annotations

import pytest

from slipway_localstack.batch.settings import Settings
from tests.batch.desk import Desk


def in_state(desk: Desk, status: str) -> str:
    """Bring a job into a state."""
    blocker = desk.submit()
    job = desk.submit(dependsOn=[{"jobId": blocker}] if status == "PENDING" else [])
    if status != "SUBMITTED":
        if status == "RUNNABLE":
            desk.scheduler.settings.change({"no_capacity": ["q"]})
        desk.tick()
    if status in {"RUNNING", "SUCCEEDED", "FAILED"}:
        desk.runs[job].run()
    if status in {"SUCCEEDED", "FAILED"}:
        desk.runs[job].end(0 if status == "SUCCEEDED" else 1)
    assert desk.status(job) == status
    return job


@pytest.mark.parametrize("operation", ["cancel_job", "terminate_job"])
@pytest.mark.parametrize("status", ["SUBMITTED", "PENDING", "RUNNABLE"])
def test_job_that_has_not_started_fails_with_the_reason(operation: str, status: str) -> None:
    desk = Desk().furnish()
    job = in_state(desk, status)

    desk.call(operation, jobId=job, reason="changed my mind")
    desk.tick()

    described = desk.job(job)
    assert (described["status"], described["statusReason"]) == ("FAILED", "changed my mind")
    assert described["attempts"] == []
    assert described["isCancelled"] is (operation == "cancel_job")
    assert described["isTerminated"] is (operation == "terminate_job")


@pytest.mark.parametrize("status", ["STARTING", "RUNNING"])
def test_cancel_leaves_a_started_job_alone(status: str) -> None:
    desk = Desk().furnish()
    job = in_state(desk, status)

    desk.call("cancel_job", jobId=job, reason="too late")

    assert desk.status(job) == status
    assert desk.runs[job].stopped_because is None
    assert desk.job(job)["isCancelled"] is False


@pytest.mark.parametrize("status", ["STARTING", "RUNNING"])
def test_terminate_stops_a_started_job_and_keeps_its_attempts_back(status: str) -> None:
    desk = Desk().furnish()
    desk.define("d", retryStrategy={"attempts": 3})
    job = in_state(desk, status)

    desk.call("terminate_job", jobId=job, reason="enough")
    assert desk.runs[job].stopped_because == "enough"
    desk.runs[job].end(143, status_reason="enough")

    described = desk.job(job)
    assert (described["status"], described["statusReason"]) == ("FAILED", "enough")
    assert described["container"]["exitCode"] == 143
    assert len(described["attempts"]) == 1


def test_terminated_job_fails_even_if_its_process_exits_with_0() -> None:
    desk = Desk().furnish()
    job = in_state(desk, "RUNNING")

    desk.call("terminate_job", jobId=job, reason="enough")
    desk.runs[job].end(0, status_reason="enough")

    assert desk.status(job) == "FAILED"


@pytest.mark.parametrize("operation", ["cancel_job", "terminate_job"])
@pytest.mark.parametrize("status", ["SUCCEEDED", "FAILED"])
def test_job_that_has_ended_stays_as_it_is(operation: str, status: str) -> None:
    desk = Desk().furnish()
    job = in_state(desk, status)
    before = desk.job(job)

    desk.call(operation, jobId=job, reason="too late")

    assert desk.job(job) == before


@pytest.mark.parametrize("operation", ["cancel_job", "terminate_job"])
def test_unknown_job_is_no_error_and_empty_arguments_are(operation: str) -> None:
    desk = Desk().furnish()

    assert desk.call(operation, jobId="nobody", reason="r") == {}
    assert "'jobId' is a required field" in desk.refused(operation, jobId="", reason="r")
    assert "'reason' is a required field" in desk.refused(operation, jobId="j", reason="")
    assert "at most 1024" in desk.refused(operation, jobId="j", reason="r" * 1025)


def test_cancel_of_an_array_fails_what_waits_and_lets_the_rest_end() -> None:
    desk = Desk(Settings(concurrency=1)).furnish()
    array = desk.submit(arrayProperties={"size": 3})
    desk.tick()

    desk.call("cancel_job", jobId=array, reason="no more")
    desk.tick()
    assert desk.status(array) == "PENDING"
    desk.finish(f"{array}:0")

    assert desk.status(f"{array}:0") == "SUCCEEDED"
    assert desk.job(f"{array}:1")["statusReason"] == "no more"
    assert desk.status(array) == "FAILED"
    assert desk.job(array)["statusReason"] == "no more"


def test_terminate_of_an_array_stops_every_child() -> None:
    desk = Desk(Settings(concurrency=1)).furnish()
    array = desk.submit(arrayProperties={"size": 2})
    desk.tick()

    desk.call("terminate_job", jobId=array, reason="stop")
    assert desk.runs[f"{array}:0"].stopped_because == "stop"
    desk.runs[f"{array}:0"].end(143, status_reason="stop")
    desk.tick()

    assert [desk.status(each) for each in (array, f"{array}:0", f"{array}:1")] == ["FAILED"] * 3


def test_one_child_can_be_terminated_by_its_own_id() -> None:
    desk = Desk(Settings(concurrency=1)).furnish()
    array = desk.submit(arrayProperties={"size": 2})
    desk.tick()

    desk.call("terminate_job", jobId=f"{array}:1", reason="this one")

    assert desk.job(f"{array}:1")["statusReason"] == "this one"
    assert desk.status(f"{array}:0") == "STARTING"


def test_reclaim_ends_an_attempt_as_spot_does_and_the_job_is_tried_again() -> None:
    desk = Desk().furnish()
    rules = [{"onStatusReason": "Host EC2*", "action": "RETRY"}, {"onReason": "*", "action": "EXIT"}]
    job = desk.submit(retryStrategy={"attempts": 2, "evaluateOnExit": rules})
    desk.tick()
    desk.runs[job].run()

    stopped = desk.provider.find_job(job)
    assert stopped is not None
    assert desk.scheduler.reclaim(stopped)
    reason = desk.runs[job].stopped_because
    assert reason is not None
    assert reason.startswith("Host EC2 (instance i-")
    desk.runs[job].end(143, status_reason=reason)
    desk.tick()

    assert desk.status(job) == "STARTING"


def test_reset_of_the_state_stops_what_runs() -> None:
    desk = Desk().furnish()
    job = desk.submit()
    desk.tick()

    desk.provider.reset()

    assert desk.runs[job].stopped_because == "State was reset"
    assert desk.call("describe_job_queues")["jobQueues"] == []
    desk.runs[job].end(143, status_reason="State was reset")
    desk.tick()
