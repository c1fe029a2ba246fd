"""AWS::CloudWatch::Dashboard and AWS::Logs::MetricFilter."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from slipway_localstack.cfn.arguments import arguments
from slipway_localstack.cfn.resource import Resource, done, generated_name


class Dashboard(Resource):
    """A dashboard: kept as text, drawn by nobody here."""

    TYPE = "AWS::CloudWatch::Dashboard"
    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/DashboardName"],
        "createOnlyProperties": ["/properties/DashboardName"],
    }

    def create(self, request: Any) -> Any:
        """Put it under its name."""
        model = dict(request.desired_state)
        model.setdefault("DashboardName", generated_name(request))
        return done(self.put(request, model))

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Put it."""
        json.loads(model["DashboardBody"])  # CloudWatch refuses a body that is not JSON; the emulator would keep it
        request.aws_client_factory.cloudwatch.put_dashboard(
            DashboardName=model["DashboardName"], DashboardBody=model["DashboardBody"]
        )
        return model

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Delete it."""
        request.aws_client_factory.cloudwatch.delete_dashboards(DashboardNames=[model["DashboardName"]])


class MetricFilter(Resource):
    """A metric filter of a log group."""

    TYPE = "AWS::Logs::MetricFilter"
    SCHEMA: ClassVar[dict[str, Any]] = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/FilterName"],
        "createOnlyProperties": ["/properties/FilterName", "/properties/LogGroupName"],
    }
    _API = ("FilterName", "FilterPattern", "LogGroupName", "MetricTransformations", "ApplyOnTransformedLogs")

    def create(self, request: Any) -> Any:
        """Put it under its name."""
        model = dict(request.desired_state)
        model.setdefault("FilterName", generated_name(request))
        return done(self.put(request, model))

    def put(self, request: Any, model: dict[str, Any]) -> dict[str, Any]:
        """Put it."""
        logs = request.aws_client_factory.logs
        wanted = {key: model[key] for key in self._API if key in model}
        wanted["MetricTransformations"] = [_transformation(each) for each in wanted["MetricTransformations"]]
        logs.put_metric_filter(**arguments(logs, "put_metric_filter", wanted))
        return model

    def remove(self, request: Any, model: dict[str, Any]) -> None:
        """Delete it."""
        request.aws_client_factory.logs.delete_metric_filter(
            logGroupName=model["LogGroupName"], filterName=model["FilterName"]
        )


def _transformation(found: dict[str, Any]) -> dict[str, Any]:
    """CloudFormation lists dimensions as Key and Value, the API has a map."""
    dimensions = found.get("Dimensions")
    if not isinstance(dimensions, list):
        return found
    return found | {"Dimensions": {each["Key"]: each["Value"] for each in dimensions}}
