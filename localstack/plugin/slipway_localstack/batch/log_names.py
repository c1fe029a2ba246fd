"""Where a job's lines go in CloudWatch Logs."""

from slipway_localstack.batch.records import Job, Json

DEFAULT_GROUP = "/aws/batch/job"


def _options(container: Json) -> Json:
    configuration = container.get("logConfiguration") or {}
    return (configuration.get("options") or {}) if configuration.get("logDriver") == "awslogs" else {}


def log_group(container: Json) -> str:
    """Return the log group: the option `awslogs-group`, else /aws/batch/job."""
    return str(_options(container).get("awslogs-group") or DEFAULT_GROUP)


def log_stream(job: Job, attempt: int) -> str:
    """Return the stream `<job definition or awslogs-stream-prefix>/default/<job id>`.

    A stream's name takes no colon, so a child of an array has `<id>-<index>`. Further attempts end in
    `.attempt<n>`: on AWS each attempt has a task, and so a stream, of its own.
    """
    prefix = _options(job.container).get("awslogs-stream-prefix") or job.definition.name
    suffix = "" if attempt == 1 else f".attempt{attempt}"
    return f"{prefix}/default/{job.id.replace(':', '-')}{suffix}"
