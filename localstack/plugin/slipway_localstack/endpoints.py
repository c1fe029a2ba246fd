"""HTTP endpoints of the plug-in under /_slipway/."""

from __future__ import annotations

import json
from typing import Any

from localstack.http import Request, Response, route

from slipway_localstack import __version__, state
from slipway_localstack.mirror import ledger
from slipway_localstack.mirror.folder import keeps
from slipway_localstack.mirror.record import Record

_BAD_REQUEST, _NOT_FOUND, _CONFLICT = 400, 404, 409


def _json(body: dict[str, Any], code: int = 200) -> Response:
    response = Response(status=code)
    response.set_json(body)
    return response


class _RefusedError(Exception):
    """A request that cannot be served; holds the answer's status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Endpoints:
    """The resource with all routes."""

    @route("/_slipway/status", methods=["GET"])
    def status(self, _request: Request, **_: object) -> Response:
        """Say that LocalStack answers and whose it is."""
        running = [{"pid": child.pid, "kind": child.kind, "label": child.label} for child in state.children().records()]
        return _json({"version": __version__, "home": str(state.settings().home), "children": running})

    @route("/_slipway/mirror", methods=["GET"])
    def mirror(self, _request: Request, **_: object) -> Response:
        """Say what is on disk."""
        mirror = state.mirror()
        buckets = {name: _summary(mirror.records(name), mirror.damaged(name)) for name in mirror.buckets()}
        return _json({"folder": str(mirror.root), "buckets": buckets, "failures": mirror.failures})

    @route("/_slipway/restore", methods=["POST"])
    def restore(self, request: Request, **_: object) -> Response:
        """Put the kept objects of a bucket back."""
        from slipway_localstack.mirror import restore

        try:
            return _json(restore.restore(state.mirror(), _bucket(request)))
        except _RefusedError as refused:
            return _json({"message": str(refused)}, refused.status)
        except restore.BucketMissingError as missing:
            return _json({"message": str(missing)}, _CONFLICT)

    @route("/_slipway/archive", methods=["POST"])
    def archive(self, request: Request, **_: object) -> Response:
        """Name the heads of the ledgers that ended with the LocalStacks before this one."""
        try:
            return _json(ledger.ended(state.mirror(), _bucket(request)))
        except _RefusedError as refused:
            return _json({"message": str(refused)}, refused.status)

    @route("/_slipway/archive", methods=["GET"])
    def archived(self, request: Request, **_: object) -> Response:
        """List the entries of ended ledgers, or give one: ?bucket=B[&epoch=N][&key=K]."""
        try:
            bucket = _checked(request.args.get("bucket"))
            epochs = state.mirror().epochs(bucket)
            wanted = request.args.get("epoch")
            if wanted is not None and wanted not in {str(each) for each in epochs}:
                raise _RefusedError(_NOT_FOUND, f"ARCHIVE_EPOCH_UNKNOWN: no epoch {wanted}; expected one of {epochs}")
            chosen = [int(wanted)] if wanted is not None else epochs
            key = request.args.get("key")
            return _listing(bucket, chosen) if key is None else _entry(bucket, chosen, key)
        except _RefusedError as refused:
            return _json({"message": str(refused)}, refused.status)

    @route("/_slipway/cfn-response/<token>", methods=["PUT"])
    def cfn_response(self, request: Request, token: str, **_: object) -> Response:
        """Take the answer of a custom resource's provider."""
        from slipway_localstack.cfn import responses

        if responses.take(token, json.loads(request.get_data())):
            return Response(status=200)
        return _json({"message": "CUSTOM_RESPONSE_UNKNOWN: nobody waits for this answer (any more)"}, _NOT_FOUND)


def _bucket(request: Request) -> str:
    try:
        body = json.loads(request.get_data() or b"{}")
    except ValueError:
        body = None
    return _checked(body.get("bucket") if isinstance(body, dict) else None)


def _checked(bucket: object) -> str:
    if isinstance(bucket, str) and keeps(bucket):
        return bucket
    raise _RefusedError(
        _BAD_REQUEST,
        f"MIRROR_BUCKET_UNKNOWN: found bucket {bucket!r}; expected the name of a datasets, registry or ledger bucket, "
        "such as slipway-datasets-000000000000-us-east-1",
    )


def _summary(records: list[Record], damaged: list[str]) -> dict[str, Any]:
    return {
        "objects": len({each.version.key for each in records}),
        "versions": len(records),
        "bytes": sum(each.version.size for each in records),
        "damaged": damaged,
    }


def _listing(bucket: str, epochs: list[int]) -> Response:
    mirror = state.mirror()
    found = [
        {"epoch": epoch, "key": each.version.key, "size": each.version.size, "lastModified": each.version.last_modified}
        for epoch in epochs
        for each in mirror.archived(bucket, epoch)
    ]
    return _json({"bucket": bucket, "epochs": epochs, "entries": found})


def _entry(bucket: str, epochs: list[int], key: str) -> Response:
    for epoch in reversed(epochs):
        for each in state.mirror().archived(bucket, epoch):
            if each.version.key == key and not each.version.delete_marker:
                return Response(b"".join(each.chunks()), status=200, mimetype="application/json")
    raise _RefusedError(_NOT_FOUND, f"ARCHIVE_ENTRY_UNKNOWN: no entry {key} in epochs {epochs} of {bucket}")


def add() -> None:
    """Register the routes with LocalStack's internal router."""
    from localstack.services.edge import ROUTER

    ROUTER.add(Endpoints())
