"""Sees every change of an object in LocalStack's S3 and hands it to the mirror before the caller gets its answer."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from slipway_localstack import state
from slipway_localstack.mirror import ledger
from slipway_localstack.mirror.folder import keeps
from slipway_localstack.mirror.record import Version
from slipway_localstack.patches.check import require

LOG = logging.getLogger(__name__)

_NULL = "null"


def apply() -> None:
    """End the ledgers of the LocalStack before this one, and wrap the operations that write or delete objects."""
    ledger.end_all(state.mirror())
    from localstack.services.s3.models import KeyStore, VersionedKeyStore
    from localstack.services.s3.provider import S3Provider

    require(S3Provider, "_get_cross_account_bucket", "context", "bucket_name")
    require(KeyStore, "get", "object_key")
    require(VersionedKeyStore, "get", "object_key", "version_id")
    for name in ("put_object", "copy_object", "complete_multipart_upload"):
        _wrap(S3Provider, name, _kept_keys)
    _wrap(S3Provider, "delete_object", _deleted_key)
    _wrap(S3Provider, "delete_objects", _deleted_keys)


def _wrap(owner: Any, name: str, after: Callable[[Any, Any, Any, Any], None]) -> None:
    stock = require(owner, name, "context")
    signature = inspect.signature(stock)

    @functools.wraps(stock)
    def operation(self: Any, *args: Any, **kwargs: Any) -> Any:
        arguments = signature.bind(self, *args, **kwargs).arguments
        answer = stock(self, *args, **kwargs)
        request = _request(arguments)
        if keeps(request["Bucket"]):
            try:
                after(self, arguments["context"], request, answer)
            except Exception:
                state.mirror().failures += 1
                LOG.exception("MIRROR_FAILED: %s of %s is not kept on disk", name, request["Bucket"])
        return answer

    setattr(owner, name, operation)


def _request(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Some operations take a whole request, some its members one by one."""
    if "request" in arguments:
        found: Mapping[str, Any] = arguments["request"]
        return found
    names = {"bucket": "Bucket", "key": "Key", "version_id": "VersionId", "delete": "Delete"}
    return {names[name]: value for name, value in arguments.items() if name in names}


def _kept_keys(provider: Any, context: Any, request: Any, answer: Any) -> None:
    _keep(provider, context, request["Bucket"], request["Key"], answer.get("VersionId"))


def _deleted_key(provider: Any, context: Any, request: Any, _answer: Any) -> None:
    _delete(provider, context, request["Bucket"], request["Key"], request.get("VersionId"))


def _deleted_keys(provider: Any, context: Any, request: Any, answer: Any) -> None:
    refused = {(each.get("Key"), each.get("VersionId")) for each in answer.get("Errors") or []}
    for each in request["Delete"]["Objects"]:
        if (each["Key"], each.get("VersionId")) not in refused:
            _delete(provider, context, request["Bucket"], each["Key"], each.get("VersionId"))


def _delete(provider: Any, context: Any, bucket: str, key: str, version_id: str | None) -> None:
    if version_id is not None:
        state.mirror().remove(bucket, key, version_id)
    elif _bucket(provider, context, bucket).objects.get(key) is None:
        state.mirror().remove(bucket, key)
    else:
        _keep(provider, context, bucket, key)  # versioned: a delete marker came on top


def _keep(provider: Any, context: Any, bucket: str, key: str, version_id: str | None = None) -> None:
    if not keeps(bucket, key):
        return
    objects = _bucket(provider, context, bucket).objects
    found = objects.get(key, version_id) if version_id else objects.get(key)
    if found is not None:
        version = describe(found)
        chunks = () if version.delete_marker else _chunks(provider, bucket, found)
        state.mirror().add(bucket, version, chunks, only=version.version_id == _NULL)


def _bucket(provider: Any, context: Any, name: str) -> Any:
    return provider._get_cross_account_bucket(context, name)[1]


def _chunks(provider: Any, bucket: str, found: Any) -> Iterator[bytes]:
    with provider._storage_backend.open(bucket, found, mode="r") as stored:
        yield from stored


def describe(found: Any) -> Version:
    """Return LocalStack's object or delete marker as the mirror's."""
    version_id = found.version_id or _NULL
    stamp = found.last_modified.isoformat()
    if not hasattr(found, "etag"):
        return Version(found.key, version_id, stamp, delete_marker=True)
    return Version(
        key=found.key,
        version_id=version_id,
        last_modified=stamp,
        etag=found.etag or "",
        size=int(found.size or 0),
        system_metadata={name: str(value) for name, value in found.system_metadata.items()},
        user_metadata=dict(found.user_metadata),
        storage_class=str(found.storage_class),
        checksum_algorithm=_text(found.checksum_algorithm),
        checksum_value=found.checksum_value,
        checksum_type=_text(found.checksum_type),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
