"""Multi-node parallel jobs: their definition, their nodes, and how they run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.batch.desk import Desk
from tests.batch.test_runner import Workshop

DEFINITION = {"jobDefinitionName": "nodes", "type": "multinode"}
REQUEST = {"jobName": "j", "jobQueue": "q", "jobDefinition": "nodes"}


def shell(script: str) -> dict[str, Any]:
    return {"image": "unmapped", "vcpus": 1, "memory": 128, "command": ["sh", "-c", script]}


def nodes(*ranges: tuple[str, str], main: int = 0) -> dict[str, Any]:
    listed = [{"targetNodes": target, "container": shell(script)} for target, script in ranges]
    return {"numNodes": 2, "mainNode": main, "nodeRangeProperties": listed}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    shop = Workshop(tmp_path)
    yield shop
    shop.children.end_leftovers()


def run(shop: Workshop, properties: dict[str, Any], **more: Any) -> str:
    shop.desk.call("register_job_definition", **DEFINITION, nodeProperties=properties)
    job_id = shop.desk.submit(jobDefinition="nodes", **more)
    shop.desk.tick()
    return job_id


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        (nodes(("0", "x")), "node 1 is not covered"),
        (nodes(("0:2", "x")), "out of bounds"),
        (nodes(("0:1", "x"), main=2), "mainNode must be between 0 and 1"),
        (nodes(("a:b", "x")), "targetNodes must look like"),
    ],
)
def test_wrong_nodes_are_refused(properties: dict[str, Any], message: str) -> None:
    assert message in Desk().refused("register_job_definition", **DEFINITION, nodeProperties=properties)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"containerOverrides": {"command": ["x"]}}, "containerOverrides is not allowed"),
        ({"arrayProperties": {"size": 2}}, "arrayProperties is not allowed"),
        ({"nodeOverrides": {"numNodes": 4}}, "needs a node range without an upper bound"),
    ],
)
def test_request_that_does_not_fit_nodes_is_refused(change: dict[str, Any], message: str) -> None:
    desk = Desk().furnish()
    desk.call("register_job_definition", **DEFINITION, nodeProperties=nodes(("0:1", "x")))

    assert message in desk.refused("submit_job", **REQUEST, **change)


def test_every_node_runs_and_knows_its_place(shop: Workshop) -> None:
    script = "echo $AWS_BATCH_JOB_NODE_INDEX of $AWS_BATCH_JOB_NUM_NODES main $AWS_BATCH_JOB_MAIN_NODE_INDEX"

    job = shop.result(run(shop, nodes(("0:1", script))))

    assert sorted(shop.logs.messages) == ["0 of 2 main 0", "1 of 2 main 0"]
    assert job["status"] == "SUCCEEDED"
    assert job["nodeProperties"]["numNodes"] == 2
    assert len(job["attempts"]) == 1
    assert job["container"]["logStreamName"] == job["attempts"][0]["container"]["logStreamName"]
    listed = shop.desk.call("list_jobs", multiNodeJobId=job["jobId"])["jobSummaryList"]
    assert [each["nodeProperties"] for each in listed] == [
        {"nodeIndex": 0, "isMainNode": True, "numNodes": 2},
        {"nodeIndex": 1, "isMainNode": False, "numNodes": 2},
    ]
    assert shop.desk.job(f"{job['jobId']}#1")["nodeDetails"] == {"nodeIndex": 1, "isMainNode": False}


@pytest.mark.parametrize(("main", "status"), [(0, "SUCCEEDED"), (1, "FAILED")])
def test_main_node_alone_decides(shop: Workshop, main: int, status: str) -> None:
    job = shop.result(run(shop, nodes(("0", "exit 0"), ("1", "exit 3"), main=main)))

    assert job["status"] == status
    assert shop.desk.job(f"{job['jobId']}#1")["container"]["exitCode"] == 3


def test_other_nodes_end_soon_after_the_main_one(shop: Workshop) -> None:
    job = shop.result(run(shop, nodes(("0", "exit 0"), ("1", "sleep 600"))))

    assert job["status"] == "SUCCEEDED"
    assert shop.desk.job(f"{job['jobId']}#1")["statusReason"] == "Main node ended"


def test_terminated_job_ends_all_its_nodes(shop: Workshop) -> None:
    job_id = run(shop, nodes(("0:1", "echo up; sleep 600")))
    shop.wait_for_line("up")

    shop.desk.call("terminate_job", jobId=f"{job_id}#1", reason="enough")
    job = shop.result(job_id)

    assert (job["status"], job["statusReason"]) == ("FAILED", "enough")
    assert [shop.desk.status(f"{job_id}#{index}") for index in range(2)] == ["FAILED", "FAILED"]


def test_more_nodes_and_other_commands_by_overrides(shop: Workshop) -> None:
    change = [{"targetNodes": "2:", "containerOverrides": {"command": ["echo", "third"]}}]
    overrides = {"numNodes": 3, "nodePropertyOverrides": change}

    job = shop.result(run(shop, nodes(("0", "echo main"), ("1:", "echo other")), nodeOverrides=overrides))

    assert sorted(shop.logs.messages) == ["main", "other", "third"]
    assert job["nodeProperties"]["numNodes"] == 3


def test_cancelled_job_takes_its_nodes_with_it() -> None:
    desk = Desk().furnish()
    desk.scheduler.settings.change({"no_capacity": ["q"]})
    desk.call("register_job_definition", **DEFINITION, nodeProperties=nodes(("0:1", "x")))
    job_id = desk.submit(jobDefinition="nodes")
    desk.tick()
    assert desk.status(f"{job_id}#1") == "RUNNABLE"

    desk.call("cancel_job", jobId=job_id, reason="no more")

    assert [desk.status(each) for each in (job_id, f"{job_id}#0", f"{job_id}#1")] == ["FAILED"] * 3
