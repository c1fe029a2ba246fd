"""A runtime client small enough to start in milliseconds; run as a program by the tests of environments.

The first argument says how it starts, each event what it does.
"""

import http.client
import json
import os
import subprocess
import sys
import time

PREFIX = "/2018-06-01/runtime"


def call(connection: http.client.HTTPConnection, method: str, path: str, body: bytes = b"") -> tuple[str, bytes, int]:
    """Send one request; returns the request id header, the body and the status."""
    connection.request(method, PREFIX + path, body)
    answer = connection.getresponse()
    return answer.getheader("Lambda-Runtime-Aws-Request-Id", ""), answer.read(), answer.status


def begin(connection: http.client.HTTPConnection, how: str) -> None:
    """Start as asked."""
    sys.stdout.write(f"starting {how}\n")
    sys.stdout.flush()
    match how:
        case "exit":
            sys.exit(4)
        case "hang":
            time.sleep(600)
        case "error":
            call(connection, "POST", "/init/error", b'{"errorType":"Bad.Start","errorMessage":"no"}')
            sys.exit(1)
        case "restore":
            call(connection, "GET", "/restore/next")
        case "restore-error":
            call(connection, "GET", "/restore/next")
            call(connection, "POST", "/restore/error", b'{"errorType":"Bad.Restore","errorMessage":"no"}')
            sys.exit(1)


def run(connection: http.client.HTTPConnection) -> None:
    """Answer events for ever."""
    while True:
        request_id, body, _ = call(connection, "GET", "/invocation/next")
        event = json.loads(body)
        sys.stdout.write(event.get("print", ""))
        sys.stdout.flush()
        if "child" in event:
            child = subprocess.Popen(["sleep", "600"])
            event["child"] = child.pid
        if "sleep" in event:
            time.sleep(event["sleep"])
        if "exit" in event:
            os._exit(event["exit"])
        if "kill" in event:
            os.kill(os.getpid(), event["kill"])
        outcome = "error" if "error" in event else "response"
        reply = json.dumps(event | {"pid": os.getpid()}).encode()
        if "wrong-id" in event:
            event["status"] = call(connection, "POST", "/invocation/other/response", b'"wrong"')[2]
            reply = json.dumps(event).encode()
        call(connection, "POST", f"/invocation/{request_id}/{outcome}", b"x" * event.get("bytes", 0) or reply)
        if "exit-after" in event:
            os._exit(event["exit-after"])


if __name__ == "__main__":
    to_api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    begin(to_api, sys.argv[1])
    run(to_api)
