"""LocalStack's server listens on every address whatever GATEWAY_LISTEN says; here it listens where it was told to."""

from __future__ import annotations

from typing import Any

from slipway_localstack.patches.check import require, require_text


def apply() -> None:
    """Give every IPv4 endpoint of LocalStack's server the address of GATEWAY_LISTEN as its interface."""
    from localstack import config
    from localstack.runtime.server import twisted as server

    require_text(server.TwistedRuntimeServer, "register", "endpoints.TCP4ServerEndpoint(reactor, host_and_port.port)")
    stock = require(server.endpoints, "TCP4ServerEndpoint", "interface")
    hosts = {listen.port: listen.host for listen in config.GATEWAY_LISTEN}

    def endpoint(reactor: Any, port: int, *arguments: Any, **options: Any) -> Any:
        if not arguments and "interface" not in options and port in hosts:
            options["interface"] = hosts[port]
        return stock(reactor, port, *arguments, **options)

    server.endpoints.TCP4ServerEndpoint = endpoint
