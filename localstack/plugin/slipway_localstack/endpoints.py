"""HTTP endpoints of the plug-in under /_slipway/."""

from __future__ import annotations

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
        running = [
            {"pid": child.pid, "kind": child.kind, "label": child.label} for child in state.children().records()
        ]
        return _json({"version": __version__, "home": str(state.settings().home), "children": running})


def add() -> None:
    """Register the routes with LocalStack's internal router."""
    from localstack.services.edge import ROUTER

    ROUTER.add(Endpoints())
