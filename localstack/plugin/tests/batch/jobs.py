"""A queue of a test's own in a running LocalStack, and what the tests do with it."""

from __future__ import annotations

import json
from typing import Any

from tests.conftest import LocalAws, eventually

ENDED = ("SUCCEEDED", "FAILED")


class Queue:
    """One compute environment, one job queue and one job definition, all of the same name."""

    def __init__(self, aws: LocalAws, name: str, max_vcpus: int = 4) -> None:
        self.aws = aws
        self.name = name
        self.client: Any = aws.client("batch")
        self.client.create_compute_environment(
            computeEnvironmentName=name,
            type="MANAGED",
            computeResources={
                "type": "EC2",
                "minvCpus": 0,
                "maxvCpus": max_vcpus,
                "instanceRole": "arn:aws:iam::000000000000:instance-profile/batch",
                "instanceTypes": ["optimal"],
                "subnets": ["subnet-1"],
                "securityGroupIds": ["sg-1"],
            },
        )
        self.client.create_job_queue(
            jobQueueName=name, priority=1, computeEnvironmentOrder=[{"order": 1, "computeEnvironment": name}]
        )

    def define(self, script: str, **more: Any) -> str:
        """Register a revision that runs a shell script; return its ARN."""
        container = {"image": "unmapped", "vcpus": 1, "memory": 128, "command": ["sh", "-c", script]}
        done = self.client.register_job_definition(
            jobDefinitionName=self.name, type="container", containerProperties=container, **more
        )
        return str(done["jobDefinitionArn"])

    def submit(self, **more: Any) -> str:
        """Submit a job of the newest revision; return its id."""
        given = {"jobName": "job", "jobQueue": self.name, "jobDefinition": self.name} | more
        return str(self.client.submit_job(**given)["jobId"])

    def job(self, job_id: str) -> dict[str, Any]:
        """Describe one job."""
        found: dict[str, Any] = self.client.describe_jobs(jobs=[job_id])["jobs"][0]
        return found

    def reach(self, job_id: str, *status: str, seconds: float = 20) -> dict[str, Any]:
        """Wait until a job has one of the states, and describe it."""

        def reached() -> dict[str, Any] | None:
            job = self.job(job_id)
            assert job["status"] in status or job["status"] not in ENDED, json.dumps(job)
            return job if job["status"] in status else None

        found = eventually(reached, seconds)
        assert found is not None
        return found

    def lines(self, job: dict[str, Any]) -> list[str]:
        """Read what a job printed."""
        stream = job["container"]["logStreamName"]
        logs = self.aws.client("logs")
        events = logs.get_log_events(logGroupName="/aws/batch/job", logStreamName=stream, startFromHead=True)["events"]
        return [event["message"] for event in events]
