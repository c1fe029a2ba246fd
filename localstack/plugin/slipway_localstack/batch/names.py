"""Amazon Resource Names of Batch resources."""

from dataclasses import dataclass

_FIELDS = 6


def partition_of(region: str) -> str:
    """Return the AWS partition that a region belongs to."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


@dataclass(frozen=True)
class Place:
    """An account and a region: the home of resources."""

    account: str
    region: str

    def arn(self, kind: str, name: str) -> str:
        """Return the ARN of a resource here, `kind` being for example `job-queue`."""
        return f"arn:{partition_of(self.region)}:batch:{self.region}:{self.account}:{kind}/{name}"

    def foreign_arn(self, service: str, resource: str) -> str:
        """Return the ARN of another service's resource here."""
        return f"arn:{partition_of(self.region)}:{service}:{self.region}:{self.account}:{resource}"


def resource_name(name_or_arn: str, kind: str) -> str | None:
    """Return the name behind a name or an ARN of that kind; None for an ARN of another kind or service."""
    if not name_or_arn.startswith("arn:"):
        return name_or_arn
    parts = name_or_arn.split(":", _FIELDS - 1)
    if len(parts) < _FIELDS or parts[2] != "batch" or not parts[5].startswith(kind + "/"):
        return None
    return parts[5].removeprefix(kind + "/")
