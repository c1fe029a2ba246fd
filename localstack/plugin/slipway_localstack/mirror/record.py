"""One object version as one file: its bytes, then its description as JSON, then the description's length.

The description stands last so that a large object is written and hashed in one pass. A file becomes visible by a
rename after it is complete and on disk.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_FORMAT = 1
_LENGTH_BYTES = 8
_CHUNK_BYTES = 1 << 20


class RecordError(Exception):
    """A file of the mirror cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Version:
    """An object version without its bytes. `last_modified` is ISO-8601; `etag` is without quotes."""

    key: str
    version_id: str
    last_modified: str
    delete_marker: bool = False
    etag: str = ""
    size: int = 0
    system_metadata: dict[str, str] = field(default_factory=dict)
    user_metadata: dict[str, str] = field(default_factory=dict)
    storage_class: str = "STANDARD"
    checksum_algorithm: str | None = None
    checksum_value: str | None = None
    checksum_type: str | None = None

    @property
    def identity(self) -> tuple[str, str]:
        """Tell two versions of a key apart, also where buckets without versioning call both `null`."""
        return self.version_id, self.last_modified


@dataclass(frozen=True)
class Record:
    """A version on disk."""

    path: Path
    version: Version
    sha256: str

    def chunks(self) -> Iterator[bytes]:
        """Read the object's bytes; raises RecordError at the end when they are not those that were written."""
        digest, left = hashlib.sha256(), self.version.size
        with self.path.open("rb") as source:
            while left and (chunk := source.read(min(left, _CHUNK_BYTES))):
                left -= len(chunk)
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != self.sha256:
            raise RecordError(f"MIRROR_DAMAGED: {self.path}: bytes of {self.version.key} are not those that were kept")


def write(path: Path, version: Version, chunks: Iterable[bytes]) -> Record:
    """Write a version durably; raises RecordError when the bytes are not as many as the version says."""
    partial = path.with_name(f".{path.name}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with partial.open("wb") as target:
            for chunk in chunks:
                size += target.write(chunk)
                digest.update(chunk)
            if size != version.size:
                raise RecordError(f"{version.key}: expected {version.size} bytes, found {size}")
            text = json.dumps({"formatVersion": _FORMAT, "sha256": digest.hexdigest(), "version": asdict(version)})
            target.write(text.encode())
            target.write(len(text.encode()).to_bytes(_LENGTH_BYTES))
            target.flush()
            os.fsync(target.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return Record(path, version, digest.hexdigest())


def read(path: Path) -> Record:
    """Read a file's description; raises RecordError when it is none of ours."""
    try:
        with path.open("rb") as source:
            source.seek(-_LENGTH_BYTES, os.SEEK_END)
            length = int.from_bytes(source.read(_LENGTH_BYTES))
            start = source.seek(-_LENGTH_BYTES - length, os.SEEK_END)
            found: dict[str, Any] = json.loads(source.read(length))
        if found["formatVersion"] != _FORMAT:
            raise RecordError(
                f"MIRROR_FORMAT: {path} has format {found['formatVersion']}, this program reads {_FORMAT}. "
                "Move the mirror aside to start without it."
            )
        version = Version(**found["version"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise RecordError(f"MIRROR_DAMAGED: {path} is not a complete record: {problem}") from problem
    if version.size != start:
        raise RecordError(f"MIRROR_DAMAGED: {path}: expected {version.size} bytes of {version.key}, found {start}")
    return Record(path, version, str(found["sha256"]))
