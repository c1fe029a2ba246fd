"""The clusters of compute environments, as ECS shows them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from slipway_localstack.batch.clusters import ClusterProvider
from tests.batch.desk import Desk


def test_cluster_lives_and_ends_with_its_environment() -> None:
    desk = Desk().furnish()
    context: Any = SimpleNamespace(account_id="000000000000", region="us-east-1")
    ecs = ClusterProvider(desk.provider)
    [environment] = desk.call("describe_compute_environments")["computeEnvironments"]
    arn = environment["ecsClusterArn"]
    job = desk.submit()
    desk.tick()
    desk.runs[job].run()

    assert ecs.list_clusters(context, {})["clusterArns"] == [arn]
    [cluster] = ecs.describe_clusters(context, {"clusters": [arn]})["clusters"]
    assert (cluster["status"], cluster["runningTasksCount"]) == ("ACTIVE", 1)

    desk.call("update_job_queue", jobQueue="q", state="DISABLED")
    desk.call("delete_job_queue", jobQueue="q")
    desk.call("update_compute_environment", computeEnvironment="ce", state="DISABLED")
    desk.call("delete_compute_environment", computeEnvironment="ce")

    assert ecs.list_clusters(context, {})["clusterArns"] == []
    answer = ecs.describe_clusters(context, {"clusters": [cluster["clusterName"], "none"]})
    assert [each["status"] for each in answer["clusters"]] == ["INACTIVE"]
    assert answer["failures"] == [{"arn": "none", "reason": "MISSING"}]
