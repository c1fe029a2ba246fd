"""Entry points `batch:default` and `ecs:default` of LocalStack's services: puts the parts together."""

import functools
from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.plugins import Service, aws_provider

from slipway_localstack import state
from slipway_localstack.batch import containers
from slipway_localstack.batch.clusters import ClusterProvider
from slipway_localstack.batch.names import Place
from slipway_localstack.batch.node_group import NodeGroup
from slipway_localstack.batch.provider import BatchProvider
from slipway_localstack.batch.publisher import Publisher
from slipway_localstack.batch.records import Attempt, ComputeEnvironment, Job
from slipway_localstack.batch.runner import Listener, ProcessRun
from slipway_localstack.batch.scheduler import AttemptRun, Scheduler
from slipway_localstack.batch.settings import CurrentSettings
from slipway_localstack.batch.settings_endpoint import SettingsEndpoint


def _clients(place: Place) -> Any:
    return connect_to(aws_access_key_id=place.account, region_name=place.region)


@functools.cache
def the_provider() -> BatchProvider:
    """Return the one provider with its scheduler and publisher; nothing runs until the first job comes."""
    settings = CurrentSettings()
    if settings.get().runner == "docker":
        containers.remove_all(str(state.settings().home))
    publisher = Publisher(lambda place: _clients(place).events)
    scheduler = Scheduler(settings, publisher.announce)

    def new_run(job: Job, attempt: Attempt, environment: ComputeEnvironment) -> AttemptRun:
        def process(listener: Listener, each: Job, its: Attempt) -> ProcessRun:
            endpoint, children = state.settings().endpoint, state.children()
            return ProcessRun(
                listener, each, its, environment, children, endpoint, lambda job: _clients(job.place).logs
            )

        return NodeGroup(scheduler, job, attempt, process) if job.nodes else process(scheduler, job, attempt)

    scheduler.new_run = new_run
    return BatchProvider(settings, scheduler)


@aws_provider()
def batch() -> Service:
    """Return the service."""
    return Service.for_provider(the_provider())


@aws_provider()
def ecs() -> Service:
    """Return the view of the clusters."""
    return Service.for_provider(ClusterProvider(the_provider()))


def add_endpoints() -> None:
    """Register the routes under /_slipway/batch; they answer before the first call of Batch too."""
    from localstack.services.edge import ROUTER

    ROUTER.add(SettingsEndpoint(the_provider()))
