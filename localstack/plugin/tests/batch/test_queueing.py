"""Which job starts next, where, and which one waits: priority, shares, vCPUs, capacity."""

from __future__ import annotations

import pytest

from slipway_localstack.batch.settings import Settings
from tests.batch.desk import Desk

NO_CAPACITY = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"
QUARTER_HOUR_MILLIS = 900_000
CANCEL = {"reason": NO_CAPACITY, "state": "RUNNABLE", "maxTimeSeconds": 900, "action": "CANCEL"}


def one_at_a_time() -> Desk:
    return Desk(Settings(concurrency=1)).furnish()


def starting_order(desk: Desk, *jobs: str) -> list[str]:
    """Let jobs run one after the other and return their order."""
    order = []
    for _ in jobs:
        desk.tick()
        [started] = [job for job in jobs if desk.status(job) == "STARTING"]
        order.append(started)
        desk.finish(started)
    return order


def test_queue_of_higher_priority_goes_first() -> None:
    desk = one_at_a_time()
    desk.queue("urgent", "ce", priority=10)

    low, high = desk.submit(), desk.submit(jobQueue="urgent")

    assert starting_order(desk, low, high) == [high, low]


def test_older_job_goes_first_within_a_queue() -> None:
    desk = one_at_a_time()

    jobs = [desk.submit() for _ in range(3)]

    assert starting_order(desk, *jobs) == jobs


def test_job_of_higher_scheduling_priority_goes_first_in_a_fair_queue() -> None:
    desk = one_at_a_time()
    policy = desk.call("create_scheduling_policy", name="fair")["arn"]
    desk.queue("fair", "ce", schedulingPolicyArn=policy)
    desk.define("d", schedulingPriority=1)

    low = desk.submit(jobQueue="fair", shareIdentifier="a")
    high = desk.submit(jobQueue="fair", shareIdentifier="a", schedulingPriorityOverride=9)

    assert starting_order(desk, low, high) == [high, low]


def test_share_that_uses_least_goes_first_by_weight() -> None:
    desk = Desk(Settings(concurrency=2)).furnish()
    shares = [{"shareIdentifier": "heavy", "weightFactor": 2}, {"shareIdentifier": "light*", "weightFactor": 0.5}]
    policy = desk.call("create_scheduling_policy", name="fair", fairsharePolicy={"shareDistribution": shares})["arn"]
    desk.queue("fair", "ce", schedulingPolicyArn=policy)
    first, second = (desk.submit(jobQueue="fair", shareIdentifier="heavy") for _ in range(2))
    third = desk.submit(jobQueue="fair", shareIdentifier="light1")

    desk.tick()

    assert [desk.status(job) for job in (first, second, third)] == ["STARTING", "RUNNABLE", "STARTING"]
    desk.finish(first)
    assert desk.status(second) == "STARTING"


def test_share_belongs_to_queues_with_a_policy_only() -> None:
    desk = Desk().furnish()
    policy = desk.call("create_scheduling_policy", name="fair")["arn"]
    desk.queue("fair", "ce", schedulingPolicyArn=policy)
    request = {"jobName": "j", "jobDefinition": "d"}

    assert "shareIdentifier must be provided" in desk.refused("submit_job", **request, jobQueue="fair")
    assert "not allowed" in desk.refused("submit_job", **request, jobQueue="q", shareIdentifier="a")
    assert "must match" in desk.refused("submit_job", **request, jobQueue="fair", shareIdentifier="a b")


def test_environment_never_gives_more_than_its_vcpus() -> None:
    desk = Desk().furnish(maxvCpus=2)
    big = {"resourceRequirements": [{"type": "VCPU", "value": "2"}]}

    first, second = desk.submit(containerOverrides=big), desk.submit()
    desk.tick()
    assert [desk.status(first), desk.status(second)] == ["STARTING", "RUNNABLE"]
    desk.finish(first)

    assert desk.status(second) == "STARTING"


def test_second_environment_takes_what_the_first_has_no_room_for() -> None:
    desk = Desk()
    desk.environment("small", maxvCpus=1)
    desk.environment("large", maxvCpus=4)
    desk.queue("q", "small", "large")
    desk.define("d")

    first, second = desk.submit(), desk.submit()
    desk.tick()

    assert desk.runs[first].environment.name == "small"
    assert desk.runs[second].environment.name == "large"


def test_job_too_large_for_every_environment_says_so() -> None:
    desk = Desk().furnish(maxvCpus=2)

    job = desk.submit(containerOverrides={"vcpus": 3})
    desk.tick()

    assert desk.status(job) == "RUNNABLE"
    assert desk.job(job)["statusReason"].startswith("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE")


def test_disabled_environment_starts_nothing_until_it_is_enabled() -> None:
    desk = Desk().furnish()
    desk.call("update_compute_environment", computeEnvironment="ce", state="DISABLED")

    job = desk.submit()
    desk.tick()
    assert desk.status(job) == "RUNNABLE"
    desk.call("update_compute_environment", computeEnvironment="ce", state="ENABLED")
    desk.tick()

    assert desk.status(job) == "STARTING"


def test_disabled_queue_takes_no_job_and_keeps_its_jobs_waiting() -> None:
    desk = one_at_a_time()
    first, second = desk.submit(), desk.submit()
    desk.tick()

    desk.call("update_job_queue", jobQueue="q", state="DISABLED")
    desk.finish(first)

    assert desk.status(first) == "SUCCEEDED"
    assert desk.status(second) == "RUNNABLE"
    assert "DISABLED" in desk.refused("submit_job", jobName="j", jobQueue="q", jobDefinition="d")


@pytest.mark.parametrize("exhausted", ["q", "ce"])
def test_queue_without_capacity_keeps_its_jobs_until_the_setting_is_taken_back(exhausted: str) -> None:
    desk = Desk().furnish()
    desk.scheduler.settings.change({"no_capacity": [exhausted]})

    job = desk.submit()
    desk.tick()
    assert desk.status(job) == "RUNNABLE"
    assert desk.job(job)["statusReason"].startswith(NO_CAPACITY)
    desk.scheduler.settings.change({"no_capacity": []})
    desk.tick()

    assert desk.status(job) == "STARTING"
    assert "statusReason" not in desk.job(job)


def test_time_limit_cancels_the_job_at_the_head_when_capacity_stays_away() -> None:
    desk = Desk(Settings(no_capacity=("gpu",))).furnish()
    desk.queue("gpu", "ce", jobStateTimeLimitActions=[CANCEL])
    job = desk.submit(jobQueue="gpu", retryStrategy={"attempts": 3})

    desk.tick()
    desk.tick(QUARTER_HOUR_MILLIS - 10_000)
    assert desk.status(job) == "RUNNABLE"
    desk.tick(QUARTER_HOUR_MILLIS + 10_000)

    assert desk.status(job) == "FAILED"
    assert desk.job(job)["statusReason"] == f"Canceled by JobStateTimeLimit action due to reason: {NO_CAPACITY}"


def test_setting_shortens_the_time_limit_for_tests() -> None:
    desk = Desk(Settings(no_capacity=("gpu",), longest_state_limit_seconds=5)).furnish()
    desk.queue("gpu", "ce", jobStateTimeLimitActions=[CANCEL])
    job = desk.submit(jobQueue="gpu")

    desk.tick()
    desk.tick(6_000)

    assert desk.status(job) == "FAILED"


def test_job_that_wants_a_gpu_from_fargate_says_so() -> None:
    desk = Desk()
    resources = {"type": "FARGATE", "maxvCpus": 4, "subnets": ["s"], "securityGroupIds": ["g"]}
    desk.call("create_compute_environment", computeEnvironmentName="f", type="MANAGED", computeResources=resources)
    desk.queue("q", "f")
    desk.define("d", {"resourceRequirements": [{"type": "GPU", "value": "1"}]})

    job = desk.submit()
    desk.tick()

    assert desk.status(job) == "RUNNABLE"
    assert desk.job(job)["statusReason"].startswith("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT")


def test_snapshot_shows_the_runnable_jobs_in_order() -> None:
    desk = Desk(Settings(no_capacity=("q",))).furnish()
    jobs = [desk.submit() for _ in range(2)]
    desk.tick()

    front = desk.call("get_job_queue_snapshot", jobQueue="q")["frontOfQueue"]["jobs"]

    assert [each["jobArn"].rpartition("/")[2] for each in front] == jobs
