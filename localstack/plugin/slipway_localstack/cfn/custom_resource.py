"""AWS::CloudFormation::CustomResource and Custom:: types backed by a Lambda function or an SNS topic.

The service token gets the event that CloudFormation sends and answers with a PUT to the event's ResponseURL
(AWS, "Custom resource request objects" and "response objects"); `responses` keeps the URLs that are waited for.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, ClassVar

from slipway_localstack.cfn import responses
from slipway_localstack.cfn.resource import Resource, done

_ID = "PhysicalResourceId"
_INPUT = "SlipwayCustomInput"
_TIMEOUT_SECONDS = 3600.0  # AWS, "ServiceTimeout": default and maximum


class CustomResourceError(Exception):
    """The provider of a custom resource failed; the message is its reason."""


class CustomResource(Resource):
    """A resource that a function of the template's own makes."""

    TYPE = "AWS::CloudFormation::CustomResource"
    SCHEMA: ClassVar[dict[str, Any]] = {"typeName": TYPE, "primaryIdentifier": [f"/properties/{_ID}"]}

    def create(self, request: Any) -> Any:
        """Ask the provider to make it."""
        properties = dict(request.desired_state)
        return done(_ask(request, "Create", properties, {}))

    def update(self, request: Any) -> Any:
        """Ask the provider to change it; another physical id means a replacement: the old one is deleted."""
        before, properties = dict(request.previous_state or {}), dict(request.desired_state)
        old = {"OldResourceProperties": before.get(_INPUT, {}), _ID: before[_ID]}
        model = _ask(request, "Update", properties, old)
        if model[_ID] != before[_ID]:
            _ask(request, "Delete", before.get(_INPUT, {}), {_ID: before[_ID]})
        return done(model)

    def delete(self, request: Any) -> Any:
        """Ask the provider to delete it."""
        before = dict(request.previous_state or request.desired_state)
        if _ID in before:
            _ask(request, "Delete", before.get(_INPUT, {}), {_ID: before[_ID]})
        return done({})


def _ask(request: Any, kind: str, properties: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    properties = {key: value for key, value in properties.items() if key not in (_ID, _INPUT)}
    with responses.expected() as response:
        event = {
            "RequestType": kind,
            "RequestId": str(uuid.uuid4()),
            "StackId": request.stack_id,
            "LogicalResourceId": request.logical_resource_id,
            "ResourceType": request.resource_type,
            "ResponseURL": response.url,
            "ServiceToken": properties["ServiceToken"],
            "ResourceProperties": _texts(properties),
        } | more
        _send(request, properties["ServiceToken"], event)
        answer = response.wait(float(properties.get("ServiceTimeout", _TIMEOUT_SECONDS)))
    if answer.get("Status") != "SUCCESS":
        raise CustomResourceError(
            f"{request.logical_resource_id}: the provider of the custom resource answered "
            f"{answer.get('Status')}: {answer.get('Reason', 'no reason given')}"
        )
    identity = answer.get(_ID) or more.get(_ID) or event["RequestId"]
    return properties | dict(answer.get("Data") or {}) | {_ID: identity, _INPUT: _texts(properties)}


def _send(request: Any, token: str, event: dict[str, Any]) -> None:
    if ":sns:" in token:
        request.aws_client_factory.sns.publish(TopicArn=token, Message=json.dumps(event))
        return
    request.aws_client_factory.lambda_.invoke(
        FunctionName=token, InvocationType="Event", Payload=json.dumps(event).encode()
    )


def _texts(value: Any) -> Any:
    """CloudFormation hands every scalar of the properties over as text."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)
