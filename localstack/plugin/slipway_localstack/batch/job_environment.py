"""The environment variables of a job's process."""

from collections.abc import Mapping

from slipway_localstack.batch.records import Attempt, Job, required_amount

_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "JAVA_HOME", "USER")
CREDENTIALS = {"AWS_SECRET_ACCESS_KEY": "test"}


def process_environment(
    job: Job, attempt: Attempt, environment_name: str, endpoint: str, temporary: str, host: Mapping[str, str]
) -> dict[str, str]:
    """Return the variables of a process: a few of the host's, a folder for temporary files, then those of a job.

    Nothing else of LocalStack's environment reaches the job.
    """
    inherited = {name: host[name] for name in _INHERITED if name in host}
    return inherited | {"TMPDIR": temporary} | limits(job) | job_environment(job, attempt, environment_name, endpoint)


def job_environment(job: Job, attempt: Attempt, environment_name: str, endpoint: str) -> dict[str, str]:
    """Return the variables of a job wherever it runs: those of AWS, the job's own, those of Batch.

    The access key is the account's number, which is how LocalStack tells accounts apart.
    """
    region = job.place.region
    variables = CREDENTIALS | {
        "AWS_ACCESS_KEY_ID": job.place.account,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ENDPOINT_URL_S3": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    variables |= {
        str(each["name"]): str(each.get("value") or "")
        for each in job.container.get("environment") or []
        if each.get("name")
    }
    return variables | batch_variables(job, attempt, environment_name)


def limits(job: Job) -> dict[str, str]:
    """Return what the job asked for, for programs that size themselves: nothing here enforces it on a process."""
    memory = required_amount(job.container, "MEMORY", "memory")
    return {"SLIPWAY_JOB_VCPUS": f"{job.vcpus:g}"} | ({"SLIPWAY_JOB_MEMORY_MIB": f"{memory:g}"} if memory else {})


def batch_variables(job: Job, attempt: Attempt, environment_name: str) -> dict[str, str]:
    """Return the variables that AWS Batch gives to every job."""
    variables = {
        "AWS_BATCH_JOB_ID": job.id,
        "AWS_BATCH_JQ_NAME": job.queue_arn.rpartition("/")[2],
        "AWS_BATCH_CE_NAME": environment_name,
        "AWS_BATCH_JOB_ATTEMPT": str(attempt.number),
    }
    if job.parent is not None and job.array_index is not None:
        variables["AWS_BATCH_JOB_ARRAY_INDEX"] = str(job.array_index)
        variables["AWS_BATCH_JOB_ARRAY_SIZE"] = str(job.parent.array_size)
    if job.parent is not None and job.node_index is not None:
        variables["AWS_BATCH_JOB_NUM_NODES"] = str(len(job.parent.nodes))
        variables["AWS_BATCH_JOB_NODE_INDEX"] = str(job.node_index)
        variables["AWS_BATCH_JOB_MAIN_NODE_INDEX"] = str(job.parent.main_node)
        if job.node_index != job.parent.main_node:
            variables["AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS"] = "127.0.0.1"
    return variables
