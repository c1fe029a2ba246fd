from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from slipway_localstack.mirror import ledger
from slipway_localstack.mirror.folder import Mirror, keeps
from slipway_localstack.mirror.record import RecordError, Version, read, write

DATASETS = "slipway-datasets-000000000000-us-east-1"
BUCKET = "slipway-ledger-000000000000-us-east-1"


def version(key: str, content: bytes, version_id: str = "v1", stamp: str = "2026-01-02T03:04:05+00:00") -> Version:
    return Version(key=key, version_id=version_id, last_modified=stamp, size=len(content), etag="e")


def content_of(mirror: Mirror) -> dict[tuple[str, str], bytes]:
    return {(each.version.key, each.version.version_id): b"".join(each.chunks()) for each in mirror.records(BUCKET)}


@pytest.mark.parametrize(
    ("bucket", "key", "expected"),
    [
        ("slipway-datasets-000000000000-us-east-1", "datasets/m/a.csv", True),
        ("other-registry-123456789012-eu-west-1", "", True),
        ("slipway-registry-000000000000-us-east-1", "runs/m/1/train-progress.json", False),
        ("slipway-logs-000000000000-us-east-1", "a", False),
        ("cdk-hnb659fds-assets-000000000000-us-east-1", "a", False),
    ],
)
def test_keeps_datasets_registry_and_ledger(bucket: str, key: str, expected: bool) -> None:
    assert keeps(bucket, key) is expected


def test_add_survives_a_new_start_in_order(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path)
    mirror.add(BUCKET, version("a", b"one", "v1"), [b"on", b"e"])
    mirror.add(BUCKET, version("a", b"two", "v2"), [b"two"])
    mirror.add(BUCKET, version("a", b"one", "v1"), [b"again"])
    mirror.add(BUCKET, Version("a", "v3", "2026-01-02T03:04:06+00:00", delete_marker=True), [])

    after = Mirror(tmp_path)

    assert [each.version.version_id for each in after.records(BUCKET)] == ["v1", "v2", "v3"]
    assert content_of(after) == {("a", "v1"): b"one", ("a", "v2"): b"two", ("a", "v3"): b""}
    assert after.records(BUCKET)[2].version.delete_marker


def test_add_only_replaces_what_was_there(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path)
    mirror.add(BUCKET, version("a", b"one", "null", "2026-01-01T00:00:00+00:00"), [b"one"], only=True)
    mirror.add(BUCKET, version("a", b"two", "null", "2026-01-01T00:00:01+00:00"), [b"two"], only=True)

    assert content_of(Mirror(tmp_path)) == {("a", "null"): b"two"}


def test_remove_forgets_one_version_or_all(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path)
    for number in ("v1", "v2", "v3"):
        mirror.add(BUCKET, version("a", b"x", number), [b"x"])
    mirror.add(BUCKET, version("b", b"y"), [b"y"])

    mirror.remove(BUCKET, "a", "v2")
    assert set(content_of(Mirror(tmp_path))) == {("a", "v1"), ("a", "v3"), ("b", "v1")}
    mirror.remove(BUCKET, "a")
    mirror.remove(BUCKET, "never there")
    assert set(content_of(Mirror(tmp_path))) == {("b", "v1")}


def test_write_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path)

    with pytest.raises(RecordError, match="a: expected 5 bytes, found 2"):
        mirror.add(BUCKET, version("a", b"12345"), [b"12"])

    assert content_of(Mirror(tmp_path)) == {}
    assert list((tmp_path / BUCKET).iterdir()) == []


def test_damaged_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path)
    mirror.add(BUCKET, version("a", b"one"), [b"one"])
    mirror.add(BUCKET, version("b", b"two"), [b"two"])
    first = mirror.records(BUCKET)[0].path
    first.write_bytes(first.read_bytes()[:-3])

    after = Mirror(tmp_path)

    assert set(content_of(after)) == {("b", "v1")}
    assert [str(first) in each for each in after.damaged(BUCKET)] == [True]


def test_chunks_of_changed_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.object"
    write(path, version("a", b"one"), [b"one"])
    path.write_bytes(b"onf" + path.read_bytes()[3:])

    with pytest.raises(RecordError, match="bytes of a are not those that were kept"):
        list(read(path).chunks())


def test_ended_ledger_is_set_aside_and_has_heads(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path)
    entries = {"m/000000000001.json": b"1", "m/000000000012.json": b"12", "n/000000000001.json": b"n", "other": b"x"}
    for key, content in entries.items():
        mirror.add(BUCKET, version(key, content), [content])
    mirror.add(DATASETS, version("datasets/m/a.csv", b"x"), [b"x"])

    ledger.end_all(mirror)

    expected = {
        "bucket": BUCKET,
        "epoch": 1,
        "heads": {
            "m": {"epoch": 1, "seq": 12, "hash": hashlib.sha256(b"12").hexdigest(), "key": "m/000000000012.json"},
            "n": {"epoch": 1, "seq": 1, "hash": hashlib.sha256(b"n").hexdigest(), "key": "n/000000000001.json"},
        },
    }
    assert ledger.ended(mirror, BUCKET) == expected
    assert mirror.records(BUCKET) == []
    assert len(mirror.records(DATASETS)) == 1, "only ledgers end"
    ledger.end_all(Mirror(tmp_path))
    assert ledger.ended(Mirror(tmp_path), BUCKET) == expected, "a start without a new entry makes no epoch"


def test_heads_of_second_epoch_keep_models_that_had_no_entry(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path)
    for key in ("m/000000000007.json", "n/000000000003.json"):
        mirror.add(BUCKET, version(key, b"1"), [b"1"])
    ledger.end_all(mirror)
    mirror.add(BUCKET, version("m/000000000001.json", b"2"), [b"2"])
    assert ledger.ended(mirror, BUCKET)["heads"]["m"]["epoch"] == 1, "the present ledger has not ended"

    ledger.end_all(mirror)

    found = ledger.ended(mirror, BUCKET)
    assert found["epoch"] == 2
    assert {model: (head["epoch"], head["seq"]) for model, head in found["heads"].items()} == {"m": (2, 1), "n": (1, 3)}
    assert mirror.epochs(BUCKET) == [1, 2]
    assert [each.version.key for each in mirror.archived(BUCKET, 1)] == ["m/000000000007.json", "n/000000000003.json"]


def test_ended_without_any_ledger_has_no_heads(tmp_path: Path) -> None:
    assert ledger.ended(Mirror(tmp_path), BUCKET) == {"bucket": BUCKET, "epoch": None, "heads": {}}
