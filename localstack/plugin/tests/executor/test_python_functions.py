"""Python functions in a real LocalStack."""

from __future__ import annotations

import pytest
from botocore.exceptions import WaiterError

from tests.conftest import LocalAws
from tests.executor.functions import Function, zipped

pytestmark = pytest.mark.localstack

SOURCE = """
import json, os, sys
import boto3
import layered

def handle(event, context):
    print("got", json.dumps(event))
    if event.get("do") == "throw":
        raise KeyError("bad event")
    names = [b["Name"] for b in boto3.client("s3").list_buckets()["Buckets"]]
    return {
        "remaining": context.get_remaining_time_in_millis(),
        "arn": context.invoked_function_arn,
        "python": sys.version_info[:2],
        "layered": layered.TEXT,
        "buckets": names,
    }
"""


def test_python_function_with_layer_calls_aws(local_aws: LocalAws) -> None:
    local_aws.client("s3").create_bucket(Bucket="seen-by-python")
    layer = local_aws.client("lambda").publish_layer_version(
        LayerName="python", Content={"ZipFile": zipped({"python/layered.py": "TEXT = 'from a layer'"})}
    )["LayerVersionArn"]
    function = Function(local_aws, "python").create(
        zipped({"app/main.py": SOURCE}), runtime="python3.13", handler="app/main.handle", Layers=[layer]
    )

    answer, failed = function.invoke(), function.invoke(do="throw")

    assert answer.error is None, answer.payload
    assert answer.payload["python"] == [3, 13]
    assert answer.payload["layered"] == "from a layer"
    assert "seen-by-python" in answer.payload["buckets"]
    assert 0 < answer.payload["remaining"] <= 20_000
    assert "got {}" in answer.log
    assert failed.error == "Unhandled"
    assert failed.payload["errorType"] == "KeyError"


def test_python_function_that_cannot_be_imported_is_a_function_error(local_aws: LocalAws) -> None:
    function = Function(local_aws, "broken-python").create(
        zipped({"main.py": "import nothing_of_this_name"}), runtime="python3.13", handler="main.handle"
    )

    answer = function.invoke()

    assert answer.error == "Unhandled"
    assert answer.payload["errorType"] == "Runtime.ImportModuleError"


def test_unknown_runtime_names_the_known(local_aws: LocalAws) -> None:
    client = local_aws.client("lambda")
    client.create_function(
        FunctionName="ruby", Runtime="ruby3.4", Handler="x", Role="arn:aws:iam::000000000000:role/r",
        Code={"ZipFile": zipped({"x.rb": ""})},
    )  # fmt: skip

    with pytest.raises(WaiterError, match="terminal failure state"):
        client.get_waiter("function_active_v2").wait(FunctionName="ruby", WaiterConfig={"Delay": 1})

    reason = client.get_function_configuration(FunctionName="ruby")["StateReason"]
    assert "LAMBDA_RUNTIME_UNSUPPORTED: runtime 'ruby3.4'" in reason
    assert "java25" in reason
