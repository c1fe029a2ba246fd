"""Ended ledgers: a start sets them aside, and the next ledger asks for the last entry of every model to refer to."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from slipway_localstack.mirror.folder import Mirror
from slipway_localstack.mirror.record import Record

_LEDGER = "-ledger-"
_ENTRY = re.compile(r"(?P<model>[^/]+)/(?P<seq>[0-9]{12})\.json")


def end_all(mirror: Mirror) -> None:
    """Set every kept ledger aside: called when LocalStack starts, whose memory holds no ledger yet."""
    for bucket in mirror.buckets():
        if _LEDGER in bucket:
            mirror.set_aside(bucket)


def ended(mirror: Mirror, bucket: str) -> dict[str, Any]:
    """Name the last entry of each model over all ended ledgers of a bucket; the present ledger is left alone."""
    epochs = mirror.epochs(bucket)
    answer: dict[str, Any] = {}
    for epoch in epochs:
        answer |= {model: {"epoch": epoch} | head for model, head in heads(mirror.archived(bucket, epoch)).items()}
    return {"bucket": bucket, "epoch": epochs[-1] if epochs else None, "heads": answer}


def heads(records: list[Record]) -> dict[str, dict[str, Any]]:
    """Name the entry with the highest number of each model, with the SHA-256 of its bytes."""
    last: dict[str, tuple[int, Record]] = {}
    for each in records:
        entry = _ENTRY.fullmatch(each.version.key)
        if entry is None or each.version.delete_marker:
            continue
        model, seq = entry["model"], int(entry["seq"])
        # Entries are written once: of two versions of a key the first one is the entry.
        if model not in last or seq > last[model][0]:
            last[model] = (seq, each)
    return {
        model: {"seq": seq, "hash": sha256(each), "key": each.version.key}
        for model, (seq, each) in sorted(last.items())
    }


def sha256(kept: Record) -> str:
    """Hash a record's bytes, reading them (and so checking them) once more."""
    digest = hashlib.sha256()
    for chunk in kept.chunks():
        digest.update(chunk)
    return digest.hexdigest()
