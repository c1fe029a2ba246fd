"""Attempts: when a failed one is tried again, and what a job remembers of them."""

from __future__ import annotations

from typing import Any

import pytest

from slipway_localstack.batch.retry import Outcome, matches, should_retry
from tests.batch.desk import EXITED, Desk

RECLAIMED = "Host EC2 (instance i-0123) terminated."


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("1", "1", True),
        ("1", "137", False),
        ("1*", "137", True),
        ("*", "", True),
        ("Host EC2*", RECLAIMED, True),
        ("host ec2*", RECLAIMED, True),
        ("Host EC2", RECLAIMED, False),
    ],
)
def test_matches_knows_a_star_at_the_end_only(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected


ON_RECLAIM = [{"onStatusReason": "Host EC2*", "action": "RETRY"}, {"onReason": "*", "action": "EXIT"}]


@pytest.mark.parametrize(
    ("rules", "outcome", "expected"),
    [
        ([], Outcome(1, "", EXITED), True),
        (ON_RECLAIM, Outcome(None, "", RECLAIMED), True),
        (ON_RECLAIM, Outcome(1, "", EXITED), False),
        ([{"onExitCode": "13*", "action": "retry"}], Outcome(137, "", EXITED), True),
        ([{"onExitCode": "1", "action": "exit"}], Outcome(2, "", EXITED), True),
        (
            [{"onExitCode": "1", "onReason": "OutOf*", "action": "exit"}],
            Outcome(1, "OutOfMemoryError: x", EXITED),
            False,
        ),
        ([{"onExitCode": "1", "onReason": "OutOf*", "action": "exit"}], Outcome(1, "", EXITED), True),
    ],
)
def test_first_matching_rule_decides_and_none_means_retry(
    rules: list[dict[str, str]], outcome: Outcome, expected: bool
) -> None:
    assert should_retry({"attempts": 3, "evaluateOnExit": rules}, 1, outcome) is expected


def test_failed_attempts_are_repeated_until_none_is_left() -> None:
    desk = Desk().furnish()
    job = desk.submit(retryStrategy={"attempts": 2})

    desk.finish(job, 1)
    assert desk.status(job) == "STARTING"
    desk.finish(job, 2)

    described = desk.job(job)
    assert described["status"] == "FAILED"
    assert [attempt["container"]["exitCode"] for attempt in described["attempts"]] == [1, 2]
    assert described["container"]["exitCode"] == 2
    streams = {attempt["container"]["logStreamName"] for attempt in described["attempts"]}
    assert len(streams) == 2


def test_second_attempt_that_works_makes_the_job_succeed() -> None:
    desk = Desk().furnish()
    job = desk.submit(retryStrategy={"attempts": 3})

    desk.finish(job, 1)
    desk.finish(job, 0)

    assert desk.status(job) == "SUCCEEDED"
    assert len(desk.job(job)["attempts"]) == 2


def test_job_overrides_the_strategy_of_its_definition() -> None:
    desk = Desk().furnish()
    desk.define("d", retryStrategy={"attempts": 5})

    inherited, own = desk.submit(), desk.submit(retryStrategy={"attempts": 1})

    assert desk.job(inherited)["retryStrategy"]["attempts"] == 5
    assert desk.job(own)["retryStrategy"]["attempts"] == 1


def test_attempt_that_timed_out_is_not_repeated() -> None:
    desk = Desk().furnish()
    job = desk.submit(retryStrategy={"attempts": 3}, timeout={"attemptDurationSeconds": 60})

    desk.finish(job, 137, status_reason="Job attempt duration exceeded timeout", retryable=False)

    assert desk.status(job) == "FAILED"
    assert desk.job(job)["statusReason"] == "Job attempt duration exceeded timeout"


def test_container_that_never_started_has_a_reason_and_no_exit_code() -> None:
    desk = Desk().furnish()
    job = desk.submit()

    desk.tick()
    desk.runs[job].end(None, "CannotStartContainerError: no such file", "Task failed to start")

    container = desk.job(job)["container"]
    assert container["reason"] == "CannotStartContainerError: no such file"
    assert "exitCode" not in container
    assert desk.job(job)["statusReason"] == "Task failed to start"


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        ({"attempts": 0}, "retryStrategy.attempts must be between 1 and 10"),
        ({"attempts": 11}, "retryStrategy.attempts must be between 1 and 10"),
        ({"attempts": 2, "evaluateOnExit": [{"action": "PANIC", "onReason": "*"}]}, "must be one of RETRY | EXIT"),
        ({"attempts": 2, "evaluateOnExit": [{"action": "EXIT"}]}, "at least one of onExitCode"),
        ({"attempts": 2, "evaluateOnExit": [{"action": "EXIT", "onExitCode": "one"}]}, "must match the pattern"),
        ({"attempts": 2, "evaluateOnExit": [{"action": "EXIT", "onReason": "*"}] * 6}, "at most 5"),
        ({"evaluateOnExit": [{"action": "EXIT", "onReason": "*"}]}, "attempts must be specified"),
    ],
)
def test_wrong_strategy_is_refused_at_registration_and_submission(strategy: dict[str, Any], message: str) -> None:
    desk = Desk().furnish()
    container = {"image": "i", "vcpus": 1, "memory": 128}
    definition = {"jobDefinitionName": "x", "type": "container", "containerProperties": container}

    assert message in desk.refused("register_job_definition", **definition, retryStrategy=strategy)
    request = {"jobName": "j", "jobQueue": "q", "jobDefinition": "d"}
    assert message in desk.refused("submit_job", **request, retryStrategy=strategy)
