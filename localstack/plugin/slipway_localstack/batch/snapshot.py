"""GetJobQueueSnapshot: the jobs at the front of a queue."""

from slipway_localstack.batch import job_queues, queueing
from slipway_localstack.batch.records import Json, Status, now_millis
from slipway_localstack.batch.store import BatchStore
from slipway_localstack.batch.validation import require

FRONT = 100  # the API reference: the first 100 RUNNABLE jobs


def snapshot(store: BatchStore, request: Json) -> Json:
    """Return the first RUNNABLE jobs of a queue, in the order in which they will start."""
    require(request, "jobQueue")
    queue = job_queues.get(store, request["jobQueue"])
    runnable = [job for job in store.jobs.values() if job.queue_arn == queue.arn and job.status is Status.RUNNABLE]
    running = [job for job in store.jobs.values() if job.status in (Status.STARTING, Status.RUNNING)]
    ordered = queueing.in_order(store, runnable, running)[:FRONT]
    jobs = [{"jobArn": job.arn, "earliestTimeAtPosition": job.runnable_at} for job in ordered]
    return {"frontOfQueue": {"jobs": jobs, "lastUpdatedAt": now_millis()}}
