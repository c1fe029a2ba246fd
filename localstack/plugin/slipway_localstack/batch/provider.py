"""The operations of the AWS Batch API."""

from typing import Any

from localstack.aws.api import RequestContext, handler
from localstack.services.plugins import ServiceLifecycleHook

from slipway_localstack.batch import (
    compute_environments,
    job_definitions,
    job_queues,
    listing,
    scheduling_policies,
    snapshot,
    submission,
    tagging,
)
from slipway_localstack.batch.description import job_detail
from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.names import Place
from slipway_localstack.batch.records import Job, Json
from slipway_localstack.batch.scheduler import Scheduler
from slipway_localstack.batch.settings import CurrentSettings
from slipway_localstack.batch.store import BatchStore, new_stores
from slipway_localstack.batch.validation import require

MAX_DESCRIBED = 100
MAX_REASON = 1024


class BatchProvider(ServiceLifecycleHook):
    """Answers requests; every operation runs under the scheduler's lock."""

    service = "batch"

    def __init__(self, settings: CurrentSettings, scheduler: Scheduler) -> None:
        self.settings = settings
        self.scheduler = scheduler
        self.stores = new_stores()

    def on_before_stop(self) -> None:
        """End all jobs with LocalStack."""
        self.scheduler.shut_down()

    def accept_state_visitor(self, visitor: Any) -> None:
        """Show the records to LocalStack's own state reset."""
        visitor.visit(self.stores)

    def on_before_state_reset(self) -> None:
        """End all jobs before their records go."""
        self.scheduler.forget_all()

    def reset(self) -> None:
        """End all jobs and forget everything, in every account and region."""
        with self.scheduler.changing():
            self.scheduler.forget_all()
            self.stores.reset()

    def store(self, context: RequestContext) -> BatchStore:
        """Return the records of the caller's account and region."""
        found: BatchStore = self.stores[context.account_id][context.region]
        return found

    def find_job(self, job_id: str) -> Job | None:
        """Return a job of any account and region."""
        stores = [store for regions in self.stores.values() for store in regions.values()]
        return next((store.jobs[job_id] for store in stores if job_id in store.jobs), None)

    # Compute environments

    @handler("CreateComputeEnvironment", expand=False)
    def create_compute_environment(self, context: RequestContext, request: Json) -> Json:
        """Create a compute environment."""
        with self.scheduler.changing():
            return compute_environments.create(self.store(context), _place(context), request)

    @handler("DescribeComputeEnvironments", expand=False)
    def describe_compute_environments(self, context: RequestContext, request: Json) -> Json:
        """Describe compute environments."""
        with self.scheduler.changing():
            return compute_environments.describe(self.store(context), request)

    @handler("UpdateComputeEnvironment", expand=False)
    def update_compute_environment(self, context: RequestContext, request: Json) -> Json:
        """Change a compute environment."""
        with self.scheduler.changing():
            return compute_environments.update(self.store(context), request)

    @handler("DeleteComputeEnvironment", expand=False)
    def delete_compute_environment(self, context: RequestContext, request: Json) -> Json:
        """Delete a compute environment."""
        with self.scheduler.changing():
            return compute_environments.delete(self.store(context), request)

    # Job queues

    @handler("CreateJobQueue", expand=False)
    def create_job_queue(self, context: RequestContext, request: Json) -> Json:
        """Create a job queue."""
        limit = self.settings.get().minimum_state_limit_seconds
        with self.scheduler.changing():
            return job_queues.create(self.store(context), _place(context), request, limit)

    @handler("DescribeJobQueues", expand=False)
    def describe_job_queues(self, context: RequestContext, request: Json) -> Json:
        """Describe job queues."""
        with self.scheduler.changing():
            return job_queues.describe(self.store(context), request)

    @handler("UpdateJobQueue", expand=False)
    def update_job_queue(self, context: RequestContext, request: Json) -> Json:
        """Change a job queue."""
        with self.scheduler.changing():
            limit = self.settings.get().minimum_state_limit_seconds
            return job_queues.update(self.store(context), request, limit)

    @handler("DeleteJobQueue", expand=False)
    def delete_job_queue(self, context: RequestContext, request: Json) -> Json:
        """Delete a job queue and end its jobs."""
        with self.scheduler.changing():
            store = self.store(context)
            queue = job_queues.check_deletable(store, request)
            if queue is not None:
                for job in [each for each in store.jobs.values() if each.queue_arn == queue.arn]:
                    self.scheduler.terminate(job, "Job queue was deleted")
                del store.job_queues[queue.name]
            return {}

    @handler("GetJobQueueSnapshot", expand=False)
    def get_job_queue_snapshot(self, context: RequestContext, request: Json) -> Json:
        """Show the front of a job queue."""
        with self.scheduler.changing():
            return snapshot.snapshot(self.store(context), request)

    # Scheduling policies

    @handler("CreateSchedulingPolicy", expand=False)
    def create_scheduling_policy(self, context: RequestContext, request: Json) -> Json:
        """Create a scheduling policy."""
        with self.scheduler.changing():
            return scheduling_policies.create(self.store(context), _place(context), request)

    @handler("DescribeSchedulingPolicies", expand=False)
    def describe_scheduling_policies(self, context: RequestContext, request: Json) -> Json:
        """Describe scheduling policies."""
        with self.scheduler.changing():
            return scheduling_policies.describe(self.store(context), request)

    @handler("ListSchedulingPolicies", expand=False)
    def list_scheduling_policies(self, context: RequestContext, request: Json) -> Json:
        """List scheduling policies."""
        with self.scheduler.changing():
            return scheduling_policies.listed(self.store(context), request)

    @handler("UpdateSchedulingPolicy", expand=False)
    def update_scheduling_policy(self, context: RequestContext, request: Json) -> Json:
        """Change a scheduling policy."""
        with self.scheduler.changing():
            return scheduling_policies.update(self.store(context), request)

    @handler("DeleteSchedulingPolicy", expand=False)
    def delete_scheduling_policy(self, context: RequestContext, request: Json) -> Json:
        """Delete a scheduling policy."""
        with self.scheduler.changing():
            return scheduling_policies.delete(self.store(context), request)

    # Job definitions

    @handler("RegisterJobDefinition", expand=False)
    def register_job_definition(self, context: RequestContext, request: Json) -> Json:
        """Register a revision of a job definition."""
        with self.scheduler.changing():
            minimum = self.settings.get().minimum_timeout_seconds
            return job_definitions.register(self.store(context), _place(context), request, minimum)

    @handler("DescribeJobDefinitions", expand=False)
    def describe_job_definitions(self, context: RequestContext, request: Json) -> Json:
        """Describe job definitions."""
        with self.scheduler.changing():
            return job_definitions.describe(self.store(context), request)

    @handler("DeregisterJobDefinition", expand=False)
    def deregister_job_definition(self, context: RequestContext, request: Json) -> Json:
        """Make a revision of a job definition inactive."""
        with self.scheduler.changing():
            return job_definitions.deregister(self.store(context), request)

    # Jobs

    @handler("SubmitJob", expand=False)
    def submit_job(self, context: RequestContext, request: Json) -> Json:
        """Take a job in."""
        with self.scheduler.changing():
            store = self.store(context)
            minimum = self.settings.get().minimum_timeout_seconds
            job = submission.submit(store, _place(context), request, minimum)
            self.scheduler.add(store, job)
            return {"jobArn": job.arn, "jobName": job.name, "jobId": job.id}

    @handler("DescribeJobs", expand=False)
    def describe_jobs(self, context: RequestContext, request: Json) -> Json:
        """Describe jobs by id or ARN; unknown ones are left out."""
        require(request, "jobs")
        if len(request["jobs"]) > MAX_DESCRIBED:
            raise ClientException(f"jobs can contain at most {MAX_DESCRIBED} entries, found {len(request['jobs'])}")
        with self.scheduler.changing():
            jobs = self.store(context).jobs
            ids = [each.rpartition("job/")[2] for each in request["jobs"]]
            return {"jobs": [job_detail(jobs[job_id]) for job_id in ids if job_id in jobs]}

    @handler("ListJobs", expand=False)
    def list_jobs(self, context: RequestContext, request: Json) -> Json:
        """List jobs of a queue or of an array."""
        with self.scheduler.changing():
            return listing.list_jobs(self.store(context), request)

    @handler("CancelJob", expand=False)
    def cancel_job(self, context: RequestContext, request: Json) -> Json:
        """Cancel a job that has not started; an unknown job is no error."""
        with self.scheduler.changing():
            job = self._job_to_end(context, request)
            if job is not None:
                self.scheduler.cancel(job, request["reason"])
            return {}

    @handler("TerminateJob", expand=False)
    def terminate_job(self, context: RequestContext, request: Json) -> Json:
        """End a job in any state; an unknown job is no error."""
        with self.scheduler.changing():
            job = self._job_to_end(context, request)
            if job is not None:
                self.scheduler.terminate(job, request["reason"])
            return {}

    def _job_to_end(self, context: RequestContext, request: Json) -> Job | None:
        require(request, "jobId", "reason")
        if len(request["reason"]) > MAX_REASON:
            raise ClientException(f"reason must be at most {MAX_REASON} characters long")
        job = self.store(context).jobs.get(request["jobId"])
        return job.parent if job is not None and job.node_index is not None else job

    # Tags

    @handler("TagResource", expand=False)
    def tag_resource(self, context: RequestContext, request: Json) -> Json:
        """Add tags."""
        with self.scheduler.changing():
            return tagging.tag(self.store(context), request)

    @handler("UntagResource", expand=False)
    def untag_resource(self, context: RequestContext, request: Json) -> Json:
        """Take tags away."""
        with self.scheduler.changing():
            return tagging.untag(self.store(context), request)

    @handler("ListTagsForResource", expand=False)
    def list_tags_for_resource(self, context: RequestContext, request: Json) -> Json:
        """List tags."""
        with self.scheduler.changing():
            return tagging.listed(self.store(context), request)


def _place(context: Any) -> Place:
    return Place(context.account_id, context.region)
