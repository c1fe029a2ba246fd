"""Puts kept objects back into LocalStack's S3 with their version ids and times, without any notification."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterator
from typing import Any

from slipway_localstack.mirror.folder import Mirror
from slipway_localstack.mirror.record import Record, RecordError, Version


class BucketMissingError(Exception):
    """There is no such bucket to put objects back into."""


def restore(mirror: Mirror, bucket: str) -> dict[str, Any]:
    """Put back what is kept and not there; return how many versions were, and what was damaged."""
    provider, found = _locate(bucket)
    restored, present, damaged = 0, 0, mirror.damaged(bucket)
    for each in mirror.records(bucket):
        if _is_there(found, each.version):
            present += 1
            continue
        try:
            _put(provider, bucket, found, each)
            restored += 1
        except RecordError as problem:
            damaged.append(str(problem))
    for key in {each.version.key for each in mirror.records(bucket)}:
        _order(found.objects, key)
    return {"bucket": bucket, "restored": restored, "present": present, "damaged": damaged}


def _locate(bucket: str) -> tuple[Any, Any]:
    from localstack.services.plugins import SERVICE_PLUGINS
    from localstack.services.s3.models import s3_stores

    provider = SERVICE_PLUGINS.require("s3").lifecycle_hook
    for _account, _region, store in s3_stores.iter_stores():
        if bucket in store.buckets:
            return provider, store.buckets[bucket]
    raise BucketMissingError(f"BUCKET_MISSING: there is no bucket {bucket}. Deploy the stacks first, then restore.")


def _is_there(bucket: Any, version: Version) -> bool:
    if bucket.versioning_status is None:
        return bucket.objects.get(version.key) is not None
    return bucket.objects.get(version.key, version.version_id) is not None


def _put(provider: Any, name: str, bucket: Any, kept: Record) -> None:
    from localstack.services.s3.models import S3DeleteMarker, S3Object

    version = kept.version
    if version.delete_marker:
        marker = S3DeleteMarker(key=version.key, version_id=version.version_id)
        marker.last_modified = _time(version.last_modified)
        bucket.objects.set(version.key, marker)
        return
    made = S3Object(
        key=version.key,
        version_id=version.version_id if bucket.versioning_status is not None else None,
        system_metadata=dict(version.system_metadata),
        user_metadata=dict(version.user_metadata),
        storage_class=version.storage_class,
        checksum_algorithm=version.checksum_algorithm,
        checksum_value=version.checksum_value,
        checksum_type=version.checksum_type,
        encryption="AES256",
        owner=bucket.owner,
        acl=bucket.acl,
    )
    try:
        with provider._storage_backend.open(name, made, mode="w") as stored:
            stored.write(_Stream(kept.chunks()))
    except RecordError:
        provider._storage_backend.remove(name, made)
        raise
    made.etag, made.size = version.etag, version.size
    made.last_modified = _time(version.last_modified)
    bucket.objects.set(version.key, made)


def _time(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).astimezone(zoneinfo.ZoneInfo("GMT"))


def _order(objects: Any, key: str) -> None:
    """An object that came before its older versions were put back must stay the newest."""
    versions = objects._store.get(key)
    if not isinstance(versions, dict):
        return
    ordered = sorted(versions.items(), key=lambda each: each[1].last_modified)
    versions.clear()
    versions.update(ordered)
    for _version_id, each in ordered:
        each.is_current = each is ordered[-1][1]


class _Stream:
    """Bytes that come in pieces, as the file that LocalStack's storage reads from."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes; everything when it is negative."""
        while size < 0 or len(self._left) < size:
            try:
                self._left += next(self._chunks)
            except StopIteration:
                break
        cut = len(self._left) if size < 0 else size
        found, self._left = self._left[:cut], self._left[cut:]
        return found
