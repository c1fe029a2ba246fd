"""What the gateway answers by itself has the body and headers of its GatewayResponse. Stock LocalStack takes only the
status code from there and answers `{"message": "Forbidden"}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slipway_localstack.patches.check import require, require_text

CONTENT_TYPE = "application/json"
_HEADER = "gatewayresponse.header."
_VARIABLE = re.compile(r"\$context\.error\.(\w+)")


def apply() -> None:
    """Make the gateway's exception handler use templates and parameters of the response."""
    from localstack.services.apigateway.next_gen.execute_api.handlers import gateway_exception as module

    owner = module.GatewayExceptionHandler
    require(owner, "create_exception_response", "exception", "context")
    require_text(owner, "_build_response_content", "TODO apply responseTemplates")
    stock = owner.create_exception_response

    def create(self: Any, exception: Any, context: Any) -> Any:
        response = stock(self, exception, context)
        chosen = module.get_gateway_response_or_default(exception.type, context.deployment.rest_api.gateway_responses)
        template = (chosen.get("responseTemplates") or {}).get(CONTENT_TYPE)
        if template and "error" in context.context_variables:
            response.set_data(body(template, context.context_variables["error"]))
        response.headers.update(headers(chosen.get("responseParameters") or {}))
        return response

    owner.create_exception_response = create


def body(template: str, error: Mapping[str, Any]) -> str:
    """Fill in the variables `$context.error.*`; an unknown one becomes empty text, as on AWS."""
    return _VARIABLE.sub(lambda variable: _text(variable[1], error), template)


def _text(name: str, error: Mapping[str, Any]) -> str:
    value = error.get("message" if name == "messageString" else name, "")
    text = str(getattr(value, "value", value)).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' if name == "messageString" else text


def headers(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that are set to a fixed text, `'like this'`; others need the request and are left out."""
    return {
        name.removeprefix(_HEADER): value[1:-1]
        for name, value in parameters.items()
        if name.startswith(_HEADER) and len(value) > 1 and value[0] == value[-1] == "'"
    }
