"""AWS::EC2::LaunchTemplate, SecurityGroupIngress and SecurityGroupEgress by calls to EC2."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from slipway_localstack.cfn.arguments import arguments
from slipway_localstack.cfn.resource import Resource, done, generated_name

_RULE_KEYS = ("IpProtocol", "FromPort", "ToPort")
_PEERS = (
    ("CidrIp", "IpRanges", "CidrIp"),
    ("CidrIpv6", "Ipv6Ranges", "CidrIpv6"),
    ("SourcePrefixListId", "PrefixListIds", "PrefixListId"),
    ("DestinationPrefixListId", "PrefixListIds", "PrefixListId"),
    ("SourceSecurityGroupId", "UserIdGroupPairs", "GroupId"),
    ("DestinationSecurityGroupId", "UserIdGroupPairs", "GroupId"),
)


class LaunchTemplate(Resource):
    """A launch template; each update makes a new version."""

    TYPE = "AWS::EC2::LaunchTemplate"
    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/LaunchTemplateId"],
        "readOnlyProperties": [
            "/properties/LaunchTemplateId",
            "/properties/LatestVersionNumber",
            "/properties/DefaultVersionNumber",
        ],
        "createOnlyProperties": ["/properties/LaunchTemplateName"],
    }

    def create(self, request: Any) -> Any:
        """Create it with its first version."""
        ec2, model = request.aws_client_factory.ec2, dict(request.desired_state)
        model.setdefault("LaunchTemplateName", generated_name(request))
        wanted = {key: model[key] for key in ("LaunchTemplateName", "VersionDescription") if key in model}
        wanted["LaunchTemplateData"] = model["LaunchTemplateData"]
        made = ec2.create_launch_template(**arguments(ec2, "create_launch_template", wanted))["LaunchTemplate"]
        return done(model | _numbers(made["LaunchTemplateId"], made["LatestVersionNumber"]))

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Make the next version."""
        ec2, identity = request.aws_client_factory.ec2, model["LaunchTemplateId"]
        wanted = {"LaunchTemplateId": identity, "LaunchTemplateData": model["LaunchTemplateData"]}
        made = ec2.create_launch_template_version(**arguments(ec2, "create_launch_template_version", wanted))
        return model | {"LatestVersionNumber": str(made["LaunchTemplateVersion"]["VersionNumber"])}

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Delete it with all versions."""
        request.aws_client_factory.ec2.delete_launch_template(LaunchTemplateId=model["LaunchTemplateId"])


def _numbers(identity: str, version: int) -> dict[str, str]:
    return {"LaunchTemplateId": identity, "LatestVersionNumber": str(version), "DefaultVersionNumber": str(version)}


def permission(model: dict[str, Any]) -> dict[str, Any]:
    """Return one rule as EC2's IpPermission."""
    rule: dict[str, Any] = {"IpProtocol": str(model["IpProtocol"])}
    rule |= {key: int(model[key]) for key in _RULE_KEYS[1:] if model.get(key) is not None}
    for source, group, name in _PEERS:
        if model.get(source):
            entry = {name: model[source]}
            if model.get("Description"):
                entry["Description"] = model["Description"]
            rule.setdefault(group, []).append(entry)
    return rule


def _rule_id(model: dict[str, Any]) -> str:
    text = json.dumps([model["GroupId"], permission(model)], sort_keys=True)
    return "sgr-" + hashlib.sha256(text.encode()).hexdigest()[:17]


class SecurityGroupIngress(Resource):
    """One rule for what comes in; every change is a replacement."""

    TYPE = "AWS::EC2::SecurityGroupIngress"
    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/Id"],
        "readOnlyProperties": ["/properties/Id"],
        "createOnlyProperties": [
            f"/properties/{name}" for name in (*_RULE_KEYS, "GroupId", *(source for source, _, _ in _PEERS))
        ],
    }

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Authorize the rule."""
        if "Id" in model:
            return model  # only the description may change without replacement
        request.aws_client_factory.ec2.authorize_security_group_ingress(
            GroupId=model["GroupId"], IpPermissions=[permission(model)]
        )
        return model | {"Id": _rule_id(model)}

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Revoke the rule."""
        request.aws_client_factory.ec2.revoke_security_group_ingress(
            GroupId=model["GroupId"], IpPermissions=[permission(model)]
        )


class SecurityGroupEgress(Resource):
    """One rule for what goes out; every change is a replacement."""

    TYPE = "AWS::EC2::SecurityGroupEgress"
    SCHEMA: ClassVar[dict[str, Any]] = SecurityGroupIngress.SCHEMA | {"typeName": TYPE}

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Authorize the rule."""
        if "Id" in model:
            return model  # only the description may change without replacement
        request.aws_client_factory.ec2.authorize_security_group_egress(
            GroupId=model["GroupId"], IpPermissions=[permission(model)]
        )
        return model | {"Id": _rule_id(model)}

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Revoke the rule."""
        request.aws_client_factory.ec2.revoke_security_group_egress(
            GroupId=model["GroupId"], IpPermissions=[permission(model)]
        )
