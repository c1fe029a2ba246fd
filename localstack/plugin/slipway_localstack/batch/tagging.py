"""Tags of environments, queues, definitions, policies and jobs, by ARN."""

from slipway_localstack.batch import compute_environments, job_definitions, job_queues, scheduling_policies
from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import resource_name
from slipway_localstack.batch.records import Json
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import check_tags, require


def _tags_of(store: BatchStore, arn: str) -> dict[str, str]:
    """Return the resource's own dictionary of tags, to be read or changed."""
    job = store.jobs.get(resource_name(arn, "job") or "")
    if job is not None and job.arn == arn:
        return job.tags
    if not arn.startswith("arn:"):
        raise ClientException(f"resourceArn must be an ARN, found '{arn}'")
    found = (
        compute_environments.find(store, arn)
        or job_queues.find(store, arn)
        or scheduling_policies.find(store, arn)
        or job_definitions.find(store, arn)
    )
    if found is None:
        raise ClientException(f"Resource {arn} does not exist")
    tags: dict[str, str] = found.detail["tags"]
    return tags


def listed(store: BatchStore, request: Json) -> Json:
    """Return a resource's tags."""
    require(request, "resourceArn")
    return {"tags": dict(_tags_of(store, request["resourceArn"]))}


def tag(store: BatchStore, request: Json) -> Json:
    """Add tags; a key that is there gets the new value."""
    require(request, "resourceArn", "tags")
    tags = _tags_of(store, request["resourceArn"])
    check_tags(request["tags"])
    check_tags(tags | request["tags"])
    tags.update(request["tags"])
    return {}


def untag(store: BatchStore, request: Json) -> Json:
    """Take tags away; unknown keys are ignored."""
    require(request, "resourceArn", "tagKeys")
    tags = _tags_of(store, request["resourceArn"])
    for key in request["tagKeys"]:
        tags.pop(key, None)
    return {}
