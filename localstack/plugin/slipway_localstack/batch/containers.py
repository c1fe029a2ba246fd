"""Attempts as containers: the command line of `docker run`, and the end of what it started."""

import subprocess
from collections.abc import Mapping

from slipway_localstack.batch.records import Attempt, Job, required_amount

LABEL = "dev.slipway.home"
"""Label of every container; its value is the state directory of its LocalStack."""
NOT_STARTED_CODE = 125
"""Exit code of `docker run` when the engine could not start the container (docker-run manual, "Exit status")."""
CLIENT_VARIABLES = ("PATH", "HOME", "DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CONTEXT", "XDG_RUNTIME_DIR")
"""What the docker client itself needs of the host's variables."""
_SECONDS = 60.0


def container_name(attempt: Attempt) -> str:
    """Return the name of an attempt's container."""
    return f"slipway-batch-{attempt.task_arn.rpartition('/')[2]}"


def run_command(job: Job, attempt: Attempt, variables: Mapping[str, str], home: str) -> list[str]:
    """Return the command line. Values of variables stay out of it: the client takes them from its environment.

    The container shares the host's network, so that 127.0.0.1 is this LocalStack there too.
    """
    memory = required_amount(job.container, "MEMORY", "memory")
    limits = ["--memory", f"{int(memory)}m"] if memory else []
    user = ["--user", str(job.container["user"])] if job.container.get("user") else []
    names = [part for name in variables for part in ("--env", name)]
    options = ["--rm", "--network", "host", "--name", container_name(attempt), "--label", f"{LABEL}={home}"]
    return ["docker", "run", *options, *limits, *user, *names, str(job.container["image"]), *job.container["command"]]


def client_environment(host: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of the docker client's process: its own, and those to hand to the container."""
    return {name: host[name] for name in CLIENT_VARIABLES if name in host} | dict(variables)


def remove(name: str) -> None:
    """Kill and remove a container; one that is gone is fine."""
    _docker("rm", "--force", "--volumes", name)


def remove_all(home: str) -> list[str]:
    """Remove every container that a LocalStack of this state directory left; return their ids."""
    found = _docker("ps", "--all", "--quiet", "--filter", f"label={LABEL}={home}").split()
    if found:
        _docker("rm", "--force", "--volumes", *found)
    return found


def _docker(*arguments: str) -> str:
    """Run the docker client; without an engine there is nothing to find and nothing to remove."""
    try:
        done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
