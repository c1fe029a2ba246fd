"""A request's body reaches a Lambda function as API Gateway hands it on. Stock LocalStack decompresses `gzip` for
every API, reads forms and answers 400 or 500 by itself when one is broken, sends bytes as text whatever
`binaryMediaTypes` say, and has no size limit of its own, so that a large request fails inside Lambda as a fault of the
integration.

Limits: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html (payload 10 MB) and
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (synchronous request 6 MB).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from slipway_localstack.patches.check import require, require_text

GATEWAY_BYTES = 10 * 1024 * 1024
FUNCTION_BYTES = 6 * 1024 * 1024
_INVOKE_PATH = "/_aws/execute-api/"
_INVOKE_HOST = ".execute-api."


def apply() -> None:
    """Leave bodies as they were sent, encode binary ones, refuse those that are too large."""
    _without_forms()
    _without_decompression()
    _with_limits_and_encoding()


def _without_forms() -> None:
    from localstack.services.apigateway.next_gen.execute_api.handlers import parse
    from twisted.web import http

    require(parse, "restore_payload", "request")
    parse.restore_payload = lambda request: request.get_data(cache=True, parse_form_data=False)
    require(http, "_getMultiPartArgs", "content", "ctype")
    vars(http)["_getMultiPartArgs"] = lambda content, ctype: {}


def _without_decompression() -> None:
    from localstack.aws.handlers.codec import ContentDecoder

    stock = require(ContentDecoder, "__call__", "chain", "context", "response")

    def decode(self: Any, chain: Any, context: Any, response: Any) -> None:
        if not invokes_an_api(context.request.path, context.request.host):
            stock(self, chain, context, response)

    ContentDecoder.__call__ = decode


def _with_limits_and_encoding() -> None:
    from localstack.services.apigateway.next_gen.execute_api import gateway_response
    from localstack.services.apigateway.next_gen.execute_api.handlers import parse
    from localstack.services.apigateway.next_gen.execute_api.integrations import aws

    parser, integration = parse.InvocationRequestParser, aws.RestApiAwsProxyIntegration
    enrich = require(parser, "parse_and_enrich", "context")
    event_of = require(integration, "create_lambda_input_event", "context")
    require_text(integration, "invoke", "event=to_bytes(json.dumps(input_event))")

    def parse_and_enrich(self: Any, context: Any) -> None:
        enrich(self, context)
        if len(context.invocation_request["body"]) > GATEWAY_BYTES:
            raise gateway_response.RequestTooLargeError("Request Too Long")

    def create_lambda_input_event(self: Any, context: Any) -> Any:
        event = event_of(self, context)
        types = context.deployment.rest_api.rest_api.get("binaryMediaTypes") or []
        if event["body"] and not event["isBase64Encoded"] and is_binary(event_type(event["headers"]), types):
            event["body"] = base64.b64encode(event["body"].encode()).decode()
            event["isBase64Encoded"] = True
        if len(json.dumps(event)) > FUNCTION_BYTES:
            raise gateway_response.RequestTooLargeError("Request Too Long")
        return event

    parser.parse_and_enrich = parse_and_enrich
    integration.create_lambda_input_event = create_lambda_input_event


def invokes_an_api(path: str, host: str) -> bool:
    """Tell whether a request calls a deployed API, by its path or its host name."""
    return path.startswith(_INVOKE_PATH) or _INVOKE_HOST in host


def event_type(headers: dict[str, str] | None) -> str:
    """Return the media type of an event's body, without parameters; API Gateway takes JSON where there is none."""
    given = next((value for name, value in (headers or {}).items() if name.lower() == "content-type"), "")
    return given.split(";")[0].strip().lower() or "application/json"


def is_binary(media_type: str, binary_types: Iterable[str]) -> bool:
    """Tell whether `binaryMediaTypes` of an API name a media type; `*/*` names all, `image/*` all images."""
    main = media_type.partition("/")[0]
    return any(kind.lower() in ("*/*", f"{main}/*", media_type) for kind in binary_types)
