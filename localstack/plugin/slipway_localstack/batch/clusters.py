"""The Amazon ECS clusters that compute environments make, to be looked at: ListClusters and DescribeClusters.

ECS has nothing else here: its other operations are refused by LocalStack.
"""

from typing import Any

from localstack.aws.api import RequestContext, handler

from slipway_localstack.batch.pagination import paged
from slipway_localstack.batch.provider import BatchProvider
from slipway_localstack.batch.records import Json, Status


class ClusterProvider:
    """Answers from the records of Batch."""

    service = "ecs"

    def __init__(self, batch: BatchProvider) -> None:
        self._batch = batch

    @handler("ListClusters", expand=False)
    def list_clusters(self, context: RequestContext, request: Json) -> Json:
        """List the clusters of the compute environments that exist."""
        return paged(
            "clusterArns", [arn for arn, cluster in self._clusters(context).items() if _active(cluster)], request
        )

    @handler("DescribeClusters", expand=False)
    def describe_clusters(self, context: RequestContext, request: Json) -> Json:
        """Describe clusters by name or ARN; the cluster of a deleted environment is INACTIVE."""
        known = self._clusters(context)
        by_name = {cluster["clusterName"]: cluster for cluster in known.values()}
        answers = {each: known.get(each) or by_name.get(each) for each in request.get("clusters") or ["default"]}
        missing = [{"arn": each, "reason": "MISSING"} for each, cluster in answers.items() if cluster is None]
        return {"clusters": [cluster for cluster in answers.values() if cluster is not None], "failures": missing}

    def _clusters(self, context: RequestContext) -> dict[str, Json]:
        with self._batch.scheduler.changing():
            store = self._batch.store(context)
            environments = list(store.compute_environments.values())
            running = [job.environment_name for job in store.jobs.values() if job.status is Status.RUNNING]
            found = {arn: _cluster(arn, "INACTIVE", 0) for arn in store.former_clusters}
            return found | {
                each.detail["ecsClusterArn"]: _cluster(each.detail["ecsClusterArn"], "ACTIVE", running.count(each.name))
                for each in environments
            }


def _active(cluster: Json) -> bool:
    return bool(cluster["status"] == "ACTIVE")


def _cluster(arn: str, status: str, tasks: int) -> dict[str, Any]:
    return {
        "clusterArn": arn,
        "clusterName": arn.rpartition("/")[2],
        "status": status,
        "registeredContainerInstancesCount": 0,
        "runningTasksCount": tasks,
        "pendingTasksCount": 0,
        "activeServicesCount": 0,
    }
