"""Looks at each Batch request before LocalStack takes it apart.

Stock: a body that is no JSON, a field of another type and an unknown operation end as `InternalError`, status 500 or
501. Here they are the caller's mistake, with the field's name.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from localstack.aws.api import CommonServiceException

from slipway_localstack.batch.errors import ClientException
from slipway_localstack.batch.shapes import problems
from slipway_localstack.patches.check import require


def apply() -> None:
    """Put the check before LocalStack's parser."""
    from localstack.aws.handlers import service as handlers

    owner: Any = handlers.ServiceRequestParser
    stock = require(owner, "parse_and_enrich", "self", "context")

    def parse_and_enrich(self: Any, context: Any) -> Any:
        if context.service.service_name == "batch":
            check(context)
        return stock(self, context)

    owner.parse_and_enrich = parse_and_enrich


def check(context: Any) -> None:
    """Refuse a request to Batch that is none of its operations, or whose body does not fit the operation."""
    operation = _operation(context)
    # LocalStack needs the operation to write the error.
    context.operation = operation
    if operation.name not in _emulated():
        raise ClientException(f"{operation.name} is not part of this local AWS; it emulates {', '.join(_emulated())}")
    if operation.input_shape is not None:
        check_body(operation.input_shape, context.request.data)


def check_body(shape: Any, text: bytes) -> None:
    """Refuse a body that is no JSON object or has fields of wrong types; names all of them. An empty one is `{}`."""
    try:
        body = json.loads(text) if text else {}
    except ValueError as problem:
        raise ClientException(f"The request's body is not JSON: {problem}") from None
    found = problems(shape, body)
    if found:
        raise ClientException("; ".join(found))


def _operation(context: Any) -> Any:
    from werkzeug.exceptions import NotFound

    try:
        return _router(context.service).match(context.request)[0]
    except NotFound:
        context.operation = context.service.operation_model(context.service.operation_names[0])
        raise CommonServiceException(
            "UnknownOperationException",
            f"Batch has no operation at {context.request.method} {context.request.path}, as far as its API model of "
            "the installed botocore knows",
            404,
            sender_fault=True,
        ) from None


@functools.cache
def _router(service: Any) -> Any:
    from localstack.aws.protocol.op_router import RestServiceOperationRouter

    return RestServiceOperationRouter(service)


@functools.cache
def _emulated() -> tuple[str, ...]:
    """List the operations by the mark that LocalStack's decorator leaves on the methods behind them."""
    from slipway_localstack.batch.provider import BatchProvider

    return tuple(sorted(each.operation for each in vars(BatchProvider).values() if hasattr(each, "operation")))
