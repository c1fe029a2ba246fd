"""Types that are made by a put are changed by the same put; stock LocalStack changes nothing and reports success."""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

from slipway_localstack.patches.check import PatchError, require, require_text


class PutType(NamedTuple):
    """One type: its provider, the API call that its creation is, and the names that an update keeps."""

    module: str
    provider: str
    call: str
    names: tuple[str, ...]


TYPES = (
    PutType(
        "cloudwatch.resource_providers.aws_cloudwatch_alarm",
        "CloudWatchAlarmProvider",
        "put_metric_alarm",
        ("AlarmName",),
    ),
    PutType("events.resource_providers.aws_events_rule", "EventsRuleProvider", "put_rule", ("Name",)),
    PutType("s3.resource_providers.aws_s3_bucketpolicy", "S3BucketPolicyProvider", "put_bucket_policy", ()),
    PutType("sns.resource_providers.aws_sns_topicpolicy", "SNSTopicPolicyProvider", "set_topic_attributes", ()),
    PutType(
        "lambda_.resource_providers.aws_lambda_eventinvokeconfig",
        "LambdaEventInvokeConfigProvider",
        "put_function_event_invoke_config",
        (),
    ),
    PutType(
        "apigateway.resource_providers.aws_apigateway_gatewayresponse",
        "ApiGatewayGatewayResponseProvider",
        "put_gateway_response",
        (),
    ),
)


def apply() -> None:
    """Give each of the types an update."""
    for each in TYPES:
        module = importlib.import_module(f"localstack.services.{each.module}")
        owner = getattr(module, each.provider, None)
        if owner is None:
            raise PatchError(f"{module.__name__} has no {each.provider}; the patches are written for LocalStack 4.14.0")
        require_text(owner, "create", f"{each.call}(")
        require_text(owner, "update", "raise NotImplementedError")
        owner.update = _update(require(owner, "create", "request"), each)


def _update(create: Any, described: PutType) -> Any:
    def update(self: Any, request: Any) -> Any:
        before = request.previous_state or {}
        for name in described.names:
            kept = before.get(name) or str(before.get("Id", "")).rpartition("|")[2]
            if kept:
                request.desired_state.setdefault(name, kept)
        if described.call == "put_rule":
            _remove_targets(request, before)
        event = create(self, request)
        # The id is random for some types; what refers to the resource must go on finding it.
        if before.get("Id") and not described.names:
            event.resource_model["Id"] = before["Id"]
        return event

    return update


def gone_targets(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """List the ids of a rule's targets that the new template leaves out."""
    kept = {each["Id"] for each in after.get("Targets") or []}
    return [each["Id"] for each in before.get("Targets") or [] if each["Id"] not in kept]


def _remove_targets(request: Any, before: dict[str, Any]) -> None:
    gone = gone_targets(before, request.desired_state)
    if gone:
        place = {"EventBusName": before["EventBusName"]} if before.get("EventBusName") else {}
        rule = before["Id"].rpartition("|")[2]
        request.aws_client_factory.events.remove_targets(Rule=rule, Ids=gone, **place)
