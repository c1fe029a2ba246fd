"""ListJobs: jobs of a queue or of an array, by state or by filters."""

from collections.abc import Callable, Iterable

from slipway_localstack.batch import job_queues
from slipway_localstack.batch.description import job_summary
from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import resource_name
from slipway_localstack.batch.pagination import paged
from slipway_localstack.batch.records import Job, Json, Status
from slipway_localstack.batch.retry import matches
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import check_choice

_FILTERS = ("JOB_NAME", "JOB_DEFINITION", "BEFORE_CREATED_AT", "AFTER_CREATED_AT", "SHARE_IDENTIFIER")
MAX_RESULTS = 100


def list_jobs(store: BatchStore, request: Json) -> Json:
    """List jobs, newest first; of a queue, without a state and without filters, the RUNNING ones."""
    jobs = sorted(_scope(store, request), key=lambda job: (-job.created_at, job.array_index or job.node_index or 0))
    filters = request.get("filters") or []
    status = request.get("jobStatus")
    check_choice("jobStatus", status, tuple(str(each) for each in Status))
    if filters:
        fits = _filter(filters)
        jobs = [job for job in jobs if fits(job)]
    elif status or request.get("jobQueue"):
        wanted = status or Status.RUNNING
        jobs = [job for job in jobs if job.status == wanted]
    return paged("jobSummaryList", [job_summary(job) for job in jobs], request, MAX_RESULTS)


def _scope(store: BatchStore, request: Json) -> Iterable[Job]:
    given = [key for key in ("jobQueue", "arrayJobId", "multiNodeJobId") if request.get(key)]
    if len(given) != 1:
        raise ClientException("Exactly one of jobQueue, arrayJobId, multiNodeJobId must be provided")
    if given[0] == "jobQueue":
        queue = job_queues.get(store, request["jobQueue"])
        return [job for job in store.jobs.values() if job.queue_arn == queue.arn and job.parent is None]
    job = store.jobs.get(request[given[0]])
    if job is None:
        raise ClientException(f"Job {request[given[0]]} does not exist")
    if given[0] == "arrayJobId":
        return job.children
    return job.nodes


def _filter(filters: list[Json]) -> Callable[[Job], bool]:
    if len(filters) > 1:
        raise ClientException("filters can contain at most 1 entry")
    name, values = str(filters[0].get("name")), [str(value) for value in filters[0].get("values") or []]
    check_choice("filters.name", name, _FILTERS)
    if not values:
        raise ClientException(f"filters {name} must contain at least 1 value")
    if name == "JOB_NAME":
        return lambda job: any(matches(value, job.name) for value in values)
    if name == "JOB_DEFINITION":
        return lambda job: any(_is_definition(value, job) for value in values)
    if name == "SHARE_IDENTIFIER":
        return lambda job: any(matches(value, job.share_identifier or "") for value in values)
    moment = _moment(name, values)
    if name == "BEFORE_CREATED_AT":
        return lambda job: job.created_at < moment
    return lambda job: job.created_at > moment


def _is_definition(value: str, job: Job) -> bool:
    name = resource_name(value, "job-definition") or ""
    full = f"{job.definition.name}:{job.definition.revision}"
    return matches(name, full) or (":" not in name and matches(name, job.definition.name))


def _moment(name: str, values: list[str]) -> int:
    if len(values) != 1 or not values[0].isdigit():
        raise ClientException(f"filters {name} must contain one time in milliseconds since 1970, found {values}")
    return int(values[0])
