"""Records kept per account and region."""

from localstack.services.stores import AccountRegionBundle, BaseStore, LocalAttribute

from slipway_localstack.batch.records import (
    ComputeEnvironment,
    Job,
    JobDefinition,
    JobQueue,
    SchedulingPolicy,
)


class BatchStore(BaseStore):
    """Everything of one account in one region, by name (policies too), jobs by id."""

    compute_environments: dict[str, ComputeEnvironment] = LocalAttribute(default=dict)
    job_queues: dict[str, JobQueue] = LocalAttribute(default=dict)
    job_definitions: dict[str, list[JobDefinition]] = LocalAttribute(default=dict)
    scheduling_policies: dict[str, SchedulingPolicy] = LocalAttribute(default=dict)
    former_clusters: list[str] = LocalAttribute(default=list)
    """ARNs of the ECS clusters of deleted environments."""
    jobs: dict[str, Job] = LocalAttribute(default=dict)


def new_stores() -> AccountRegionBundle[BatchStore]:
    """Return an empty bundle of stores."""
    return AccountRegionBundle("batch", BatchStore)
