"""Jobs in the shapes that DescribeJobs and ListJobs answer with."""

from collections import Counter

from slipway_localstack.batch.records import Attempt, Job, Json, Status, now_millis

_COUNTED = tuple(Status)


def job_detail(job: Job) -> Json:
    """Return the job as DescribeJobs and the state-change event show it."""
    detail: Json = {
        "jobArn": job.arn,
        "jobName": job.name,
        "jobId": job.id,
        "jobQueue": job.queue_arn,
        "status": str(job.status),
        "attempts": [attempt_detail(attempt) for attempt in job.attempts],
        "createdAt": job.created_at,
        "retryStrategy": job.retry_strategy,
        "dependsOn": job.depends_on,
        "jobDefinition": job.definition.arn,
        "parameters": job.parameters,
        "tags": job.tags,
        "propagateTags": job.propagate_tags,
        "platformCapabilities": job.definition.detail.get("platformCapabilities") or [],
        "isCancelled": job.is_cancelled,
        "isTerminated": job.is_terminated,
    }
    optional = {
        "statusReason": job.status_reason or job.blocked_reason,
        "startedAt": job.started_at,
        "stoppedAt": job.stopped_at,
        "timeout": job.timeout,
        "shareIdentifier": job.share_identifier,
        "schedulingPriority": job.scheduling_priority,
        "arrayProperties": array_properties(job),
        "nodeProperties": _node_properties(job),
        "nodeDetails": _node_details(job),
        "ecsProperties": job.definition.detail.get("ecsProperties"),
        "eksProperties": job.pod,
    }
    detail |= {key: value for key, value in optional.items() if value is not None}
    detail["container"] = container_detail(job)
    return detail


def _node_properties(job: Job) -> Json | None:
    if not job.nodes:
        return None
    return dict(job.definition.detail["nodeProperties"]) | {"numNodes": len(job.nodes)}


def _node_details(job: Job) -> Json | None:
    if job.parent is None or job.node_index is None:
        return None
    return {"nodeIndex": job.node_index, "isMainNode": job.node_index == job.parent.main_node}


def _node_summary(job: Job) -> Json | None:
    details = _node_details(job)
    if details is None or job.parent is None:
        return {"numNodes": len(job.nodes)} if job.nodes else None
    return details | {"numNodes": len(job.parent.nodes)}


def container_detail(job: Job) -> Json:
    """Return the container with the outcome of the last attempt."""
    defaults: Json = {"volumes": [], "environment": [], "mountPoints": [], "ulimits": [], "networkInterfaces": []}
    detail = defaults | job.container | {"environment": [*(job.container.get("environment") or [])]}
    attempt = job.current or (job.attempts[-1] if job.attempts else None)
    if attempt is not None:
        detail["environment"].append({"name": "AWS_BATCH_JOB_ID", "value": job.id})
        detail |= _outcome(attempt)
    return detail


def attempt_detail(attempt: Attempt) -> Json:
    """Return one attempt."""
    times = {"startedAt": attempt.started_at, "stoppedAt": attempt.stopped_at, "statusReason": attempt.status_reason}
    detail: Json = {"container": _outcome(attempt) | {"networkInterfaces": []}}
    return detail | {key: value for key, value in times.items() if value is not None}


def _outcome(attempt: Attempt) -> Json:
    values = {
        "containerInstanceArn": attempt.instance_arn,
        "taskArn": attempt.task_arn,
        "logStreamName": attempt.log_stream,
        "exitCode": attempt.exit_code,
        "reason": attempt.reason,
    }
    return {key: value for key, value in values.items() if value is not None}


def array_properties(job: Job) -> Json | None:
    """Return size and states of a parent, or the index of a child; None for a plain job."""
    if job.array_index is not None:
        return {"index": job.array_index, "statusSummary": {}}
    if job.array_size is None:
        return None
    counts = Counter(str(child.status) for child in job.children)
    summary = {str(status): counts.get(str(status), 0) for status in _COUNTED}
    return {"size": job.array_size, "statusSummary": summary, "statusSummaryLastUpdatedAt": now_millis()}


def job_summary(job: Job) -> Json:
    """Return the job as ListJobs shows it."""
    summary: Json = {
        "jobArn": job.arn,
        "jobId": job.id,
        "jobName": job.name,
        "createdAt": job.created_at,
        "status": str(job.status),
        "jobDefinition": job.definition.arn,
    }
    last = job.current or (job.attempts[-1] if job.attempts else None)
    container = {"exitCode": last.exit_code, "reason": last.reason} if last else {}
    container = {key: value for key, value in container.items() if value is not None}
    optional = {
        "statusReason": job.status_reason or job.blocked_reason,
        "startedAt": job.started_at,
        "stoppedAt": job.stopped_at,
        "shareIdentifier": job.share_identifier,
        "container": container or None,
        "arrayProperties": array_properties(job),
        "nodeProperties": _node_summary(job),
    }
    return summary | {key: value for key, value in optional.items() if value is not None}
