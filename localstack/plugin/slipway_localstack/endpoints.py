"""HTTP endpoints of the plug-in under /_slipway/."""

from __future__ import annotations

import json
from typing import Any

from localstack.http import Request, Response, route

from slipway_localstack import __version__, state


def _json(body: dict[str, Any], code: int = 200) -> Response:
    response = Response(status=code)
    response.set_json(body)
    return response


class Endpoints:
    """The resource with all routes."""

    @route("/_slipway/status", methods=["GET"])
    def status(self, _request: Request, **_: object) -> Response:
        """Say that LocalStack answers and whose it is."""
        running = [{"pid": child.pid, "kind": child.kind, "label": child.label} for child in state.children().records()]
        return _json({"version": __version__, "home": str(state.settings().home), "children": running})

    @route("/_slipway/cfn-response/<token>", methods=["PUT"])
    def cfn_response(self, request: Request, token: str, **_: object) -> Response:
        """Take the answer of a custom resource's provider."""
        from slipway_localstack.cfn import responses

        if responses.take(token, json.loads(request.get_data())):
            return Response(status=200)
        return _json({"message": "CUSTOM_RESPONSE_UNKNOWN: nobody waits for this answer (any more)"}, 404)


def add() -> None:
    """Register the routes with LocalStack's internal router."""
    from localstack.services.edge import ROUTER

    ROUTER.add(Endpoints())
