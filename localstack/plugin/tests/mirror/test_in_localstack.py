from __future__ import annotations

import hashlib
import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from slipway_localstack.processes import start_ticks
from tests.conftest import LocalAws, eventually, run_control

pytestmark = pytest.mark.localstack

DATASETS = "slipway-datasets-000000000000-us-east-1"
ALIAS = "alias/slipway-signing"
LEDGER = "slipway-ledger-000000000000-us-east-1"


def call(aws: LocalAws, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    request = urllib.request.Request(f"{aws.endpoint}/_slipway/{path}")
    if body is not None:
        request = urllib.request.Request(
            f"{aws.endpoint}/_slipway/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def make_buckets(aws: LocalAws) -> Any:
    s3 = aws.client("s3")
    for bucket in (DATASETS, LEDGER):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return s3


def watch(aws: LocalAws) -> Callable[[], list[str]]:
    """Let each put into the datasets bucket send a message; return what gives their keys."""
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="puts")["QueueUrl"].replace("localhost", "127.0.0.1")
    queue = "arn:aws:sqs:us-east-1:000000000000:puts"
    configuration = {"QueueConfigurations": [{"QueueArn": queue, "Events": ["s3:ObjectCreated:*"]}]}
    aws.client("s3").put_bucket_notification_configuration(
        Bucket=DATASETS, NotificationConfiguration=configuration, SkipDestinationValidation=True
    )
    keys: list[str] = []

    def read() -> list[str]:
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            keys.extend(each["s3"]["object"]["key"] for each in json.loads(message["Body"]).get("Records", []))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return keys

    return read


def snapshot(s3: Any, bucket: str) -> list[tuple[Any, ...]]:
    """Return every version with what a client sees of it, newest first."""
    found = s3.list_object_versions(Bucket=bucket)
    versions = [
        (each["Key"], each["VersionId"], each["LastModified"], each["IsLatest"], each["ETag"], each["Size"])
        for each in found.get("Versions", [])
    ]
    markers = [
        (each["Key"], each["VersionId"], each["LastModified"], each["IsLatest"])
        for each in found.get("DeleteMarkers", [])
    ]
    return versions + markers


def test_objects_come_back_after_a_kill_as_they_were(start_local_aws: Callable[[], LocalAws]) -> None:
    aws = start_local_aws()
    s3 = make_buckets(aws)
    s3.put_object(Bucket=DATASETS, Key="datasets/m/a.csv", Body=b"first", ContentType="text/csv", Metadata={"by": "me"})
    s3.put_object(Bucket=DATASETS, Key="datasets/m/a.csv", Body=b"second")
    s3.put_object(Bucket=DATASETS, Key="datasets/m/gone.csv", Body=b"x")
    s3.delete_object(Bucket=DATASETS, Key="datasets/m/gone.csv")
    dropped = s3.put_object(Bucket=DATASETS, Key="datasets/m/a.csv", Body=b"dropped")
    s3.delete_object(Bucket=DATASETS, Key="datasets/m/a.csv", VersionId=dropped["VersionId"])
    big = os.urandom(6 * 1024 * 1024)
    upload_in_parts(s3, "datasets/m/big.csv", [big, b"tail"])
    s3.copy_object(
        Bucket=DATASETS, Key="datasets/m/copy.csv", CopySource={"Bucket": DATASETS, "Key": "datasets/m/a.csv"}
    )
    s3.put_object(Bucket=DATASETS, Key="datasets/m/many-progress.json", Body=b"{}")
    for number in (1, 2):
        s3.put_object(Bucket=LEDGER, Key=f"m/{number:012d}.json", Body=f'{{"n":{number}}}'.encode(), IfNoneMatch="*")
    assert call(aws, "archive", {"bucket": LEDGER})["heads"] == {}, "the present ledger has not ended"
    signature = signing_key(aws).sign(KeyId=ALIAS, Message=b"bundle", SigningAlgorithm="ECDSA_SHA_256")["Signature"]
    before = snapshot(s3, DATASETS)
    kept = call(aws, "mirror")
    assert kept["buckets"][DATASETS]["objects"] == 4
    assert kept["failures"] == 0

    kill_and_start(aws)
    s3 = make_buckets(aws)
    puts = watch(aws)
    assert snapshot(s3, DATASETS) == []
    answer = call(aws, "restore", {"bucket": DATASETS})
    again = call(aws, "restore", {"bucket": DATASETS})

    assert answer == {"bucket": DATASETS, "restored": 6, "present": 0, "damaged": []}
    assert again["restored"] == 0
    assert snapshot(s3, DATASETS) == [each for each in before if each[0] != "datasets/m/many-progress.json"]
    first = next(each for each in before if each[0] == "datasets/m/a.csv" and not each[3])
    found = s3.get_object(Bucket=DATASETS, Key="datasets/m/a.csv", VersionId=first[1])
    assert (found["Body"].read(), found["ContentType"], found["Metadata"]) == (b"first", "text/csv", {"by": "me"})
    assert s3.get_object(Bucket=DATASETS, Key="datasets/m/big.csv")["Body"].read() == big + b"tail"
    s3.put_object(Bucket=DATASETS, Key="datasets/m/new.csv", Body=b"new")
    assert eventually(lambda: puts() or None) == ["datasets/m/new.csv"], "only new objects may start a run"
    check_ended_ledger(aws)
    assert signing_key(aws).verify(
        KeyId=ALIAS, Message=b"bundle", Signature=signature, SigningAlgorithm="ECDSA_SHA_256"
    )["SignatureValid"]


def signing_key(aws: LocalAws) -> Any:
    kms = aws.client("kms")
    key = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=ALIAS, TargetKeyId=key)
    return kms


def check_ended_ledger(aws: LocalAws) -> None:
    answer = call(aws, "archive", {"bucket": LEDGER})
    key = "m/000000000002.json"
    assert answer["heads"] == {"m": {"epoch": 1, "seq": 2, "hash": hashlib.sha256(b'{"n":2}').hexdigest(), "key": key}}
    listed = call(aws, f"archive?bucket={LEDGER}")
    assert [each["key"] for each in listed["entries"]] == ["m/000000000001.json", key]
    assert call(aws, f"archive?bucket={LEDGER}&epoch=1&key={key}") == {"n": 2}
    assert LEDGER not in call(aws, "mirror")["buckets"]


def upload_in_parts(s3: Any, key: str, parts: list[bytes]) -> None:
    upload = s3.create_multipart_upload(Bucket=DATASETS, Key=key)["UploadId"]
    done = []
    for number, body in enumerate(parts, 1):
        part = s3.upload_part(Bucket=DATASETS, Key=key, UploadId=upload, PartNumber=number, Body=body)
        done.append({"PartNumber": number, "ETag": part["ETag"]})
    s3.complete_multipart_upload(Bucket=DATASETS, Key=key, UploadId=upload, MultipartUpload={"Parts": done})


def kill_and_start(aws: LocalAws) -> str:
    record = json.loads((aws.home / "localstack" / "localstack.pid.json").read_text())
    os.kill(record["pid"], signal.SIGKILL)
    eventually(lambda: start_ticks(record["pid"]) is None)
    port = int(aws.endpoint.rpartition(":")[2])
    done = run_control("start", aws.home, port)
    assert done.returncode == 0, done.stderr
    return done.stderr + done.stdout


@pytest.mark.parametrize(
    ("path", "body", "status", "message"),
    [
        ("restore", {"bucket": "other"}, 400, "MIRROR_BUCKET_UNKNOWN"),
        ("restore", {"bucket": "slipway-registry-000000000000-us-east-1"}, 409, "BUCKET_MISSING"),
        ("archive", {}, 400, "MIRROR_BUCKET_UNKNOWN"),
        (f"archive?bucket={DATASETS}&epoch=9", None, 404, "ARCHIVE_EPOCH_UNKNOWN"),
        (f"archive?bucket={DATASETS}&key=none", None, 404, "ARCHIVE_ENTRY_UNKNOWN"),
    ],
)
def test_bad_requests_are_refused_with_a_code(
    local_aws: LocalAws, path: str, body: dict[str, Any] | None, status: int, message: str
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        call(local_aws, path, body)

    assert refused.value.code == status
    assert message in json.load(refused.value)["message"]
