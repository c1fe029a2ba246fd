"""The mirror's folder: `<bucket>/<order>.object` for what is there, `archive/<bucket>/<epoch>/` for ended ledgers."""

from __future__ import annotations

import itertools
import logging
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from slipway_localstack.mirror import record
from slipway_localstack.mirror.record import Record, RecordError, Version

LOG = logging.getLogger(__name__)

_KEPT = re.compile(r"[a-z][a-z0-9]*-(datasets|registry|ledger)-[0-9]{12}-[a-z0-9-]+")
_PASSING = "-progress.json"  # rewritten every second while a job runs, of no use after a restart
_SUFFIX = ".object"
_ARCHIVE = "archive"


def keeps(bucket: str, key: str = "") -> bool:
    """Tell whether an object belongs into the mirror."""
    return _KEPT.fullmatch(bucket) is not None and not key.endswith(_PASSING)


@dataclass
class _Index:
    """What is on disk of one bucket, by key, in the order of writing."""

    records: dict[str, list[Record]] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


class Mirror:
    """Keeps versions on disk. Thread-safe."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.failures = 0
        self._lock = threading.RLock()
        self._indexes: dict[str, _Index] = {}
        self._order = itertools.count(time.time_ns())

    def add(self, bucket: str, version: Version, chunks: Iterable[bytes], *, only: bool = False) -> None:
        """Keep a version, once; with `only`, instead of every other version of its key."""
        with self._lock:
            records = self._index(bucket).records.setdefault(version.key, [])
            if not any(each.version.identity == version.identity for each in records):
                folder = self.root / bucket
                folder.mkdir(parents=True, exist_ok=True)
                records.append(record.write(folder / f"{next(self._order):020d}{_SUFFIX}", version, chunks))
            if only:
                self._drop(bucket, version.key, [each for each in records if each.version.identity != version.identity])

    def remove(self, bucket: str, key: str, version_id: str | None = None) -> None:
        """Forget one version of a key, or all of them."""
        with self._lock:
            records = self._index(bucket).records.get(key, [])
            gone = [each for each in records if version_id is None or each.version.version_id == version_id]
            self._drop(bucket, key, gone)

    def _drop(self, bucket: str, key: str, gone: Iterable[Record]) -> None:
        records = self._index(bucket).records.get(key, [])
        for each in list(gone):
            each.path.unlink(missing_ok=True)
            records.remove(each)
        if not records:
            self._index(bucket).records.pop(key, None)

    def records(self, bucket: str) -> list[Record]:
        """List what is kept of a bucket, in the order of writing."""
        with self._lock:
            found = [each for records in self._index(bucket).records.values() for each in records]
        return sorted(found, key=lambda each: each.path.name)

    def damaged(self, bucket: str) -> list[str]:
        """List the files that could not be read, with the reason."""
        with self._lock:
            return list(self._index(bucket).damaged)

    def buckets(self) -> list[str]:
        """Name the buckets of which something is kept."""
        if not self.root.is_dir():
            return []
        return sorted(each.name for each in self.root.iterdir() if each.is_dir() and keeps(each.name))

    def set_aside(self, bucket: str) -> int | None:
        """Move all of a bucket into the archive as its next epoch; None when there is nothing."""
        with self._lock:
            if not self._index(bucket).records:
                return None
            epoch = max(self.epochs(bucket), default=0) + 1
            target = self.root / _ARCHIVE / bucket / f"{epoch:06d}"
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.root / bucket).rename(target)
            self._indexes.pop(bucket, None)
            return epoch

    def epochs(self, bucket: str) -> list[int]:
        """List the archived epochs of a bucket, oldest first."""
        folder = self.root / _ARCHIVE / bucket
        return sorted(int(each.name) for each in folder.iterdir() if each.name.isdigit()) if folder.is_dir() else []

    def archived(self, bucket: str, epoch: int) -> list[Record]:
        """List what an epoch holds, in the order of writing."""
        return _read_folder(self.root / _ARCHIVE / bucket / f"{epoch:06d}", [])

    def _index(self, bucket: str) -> _Index:
        if bucket not in self._indexes:
            index = _Index()
            for each in _read_folder(self.root / bucket, index.damaged):
                index.records.setdefault(each.version.key, []).append(each)
            self._indexes[bucket] = index
        return self._indexes[bucket]


def _read_folder(folder: Path, damaged: list[str]) -> list[Record]:
    found = []
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            found.append(record.read(path))
        except RecordError as problem:
            LOG.error("%s", problem)
            damaged.append(str(problem))
    return found
