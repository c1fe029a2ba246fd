"""Requests that do not fit the API model: the caller's mistake, with the field's name."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest
from localstack.aws.api import CommonServiceException

from slipway_localstack.batch.requests import check, check_body
from slipway_localstack.batch.shapes import MOST_PROBLEMS, problems

SERVICE = botocore.session.get_session().get_service_model("batch")
SUBMIT = SERVICE.operation_model("SubmitJob").input_shape
GOOD = {
    "jobName": "j",
    "jobQueue": "q",
    "jobDefinition": "d",
    "arrayProperties": {"size": 2},
    "parameters": {"a": "b"},
    "propagateTags": True,
    "containerOverrides": {"command": ["x"], "resourceRequirements": [{"type": "GPU", "value": "1"}]},
}


def test_request_that_fits_has_no_problems() -> None:
    assert problems(SUBMIT, GOOD) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"jobName": ["j"]}, "jobName must be a string, found a list"),
        ({"jobName": 7}, "jobName must be a string, found the number 7"),
        ({"arrayProperties": {"size": "2"}}, "arrayProperties.size must be a whole number, found the string '2'"),
        ({"arrayProperties": {"size": True}}, "arrayProperties.size must be a whole number, found true"),
        ({"arrayProperties": 2}, "arrayProperties must be an object, found the number 2"),
        ({"propagateTags": 1}, "propagateTags must be true or false, found the number 1"),
        ({"parameters": {"a": None}}, "parameters['a'] must not be null"),
        ({"dependsOn": [None]}, "dependsOn[0] must not be null"),
        ({"dependsOn": {}}, "dependsOn must be a list, found an object"),
        (
            {"containerOverrides": {"resourceRequirements": [{"type": "GPU"}]}},
            "containerOverrides.resourceRequirements[0].value must be provided",
        ),
        (
            {"schedulingPriorityOverride": 2**31},
            f"schedulingPriorityOverride must be between {-(2**31)} and {2**31 - 1}, found {2**31}",
        ),
    ],
)
def test_field_of_a_wrong_type_is_named(change: dict[str, Any], message: str) -> None:
    assert problems(SUBMIT, GOOD | change) == [message]


def test_every_problem_is_named_at_once_up_to_a_limit() -> None:
    assert len(problems(SUBMIT, {"jobName": 1, "jobQueue": 2, "tags": {"a": 3}})) == 3
    assert len(problems(SUBMIT, {"dependsOn": [1] * 100})) == MOST_PROBLEMS


def test_null_is_the_same_as_missing() -> None:
    assert problems(SUBMIT, GOOD | {"timeout": None, "containerOverrides": {"command": None}}) == []


@pytest.mark.parametrize("text", [b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"7"])
def test_body_that_is_no_json_object_is_refused(text: bytes) -> None:
    with pytest.raises(CommonServiceException) as caught:
        check_body(SUBMIT, text)
    assert (caught.value.code, caught.value.status_code) == ("ClientException", 400)


def test_empty_body_is_an_empty_object() -> None:
    check_body(SUBMIT, b"")


def context(path: str, body: bytes = b"{}", method: str = "POST") -> Any:
    request = SimpleNamespace(method=method, path=path, host="localhost", data=body, environ={"RAW_URI": path})
    return SimpleNamespace(service=SERVICE, request=request, operation=None)


def refused(asked: Any) -> CommonServiceException:
    with pytest.raises(CommonServiceException) as caught:
        check(asked)
    return caught.value


def test_operation_of_the_api_is_checked_by_its_own_shape() -> None:
    asked = context("/v1/submitjob", json.dumps(GOOD).encode())

    check(asked)

    assert asked.operation.name == "SubmitJob"
    assert refused(context("/v1/submitjob", b'{"jobName": 1}')).message.startswith("jobName must be a string")


def test_operation_that_is_not_emulated_says_so() -> None:
    error = refused(context("/v1/submitservicejob"))

    assert (error.code, error.status_code) == ("ClientException", 400)
    assert "SubmitServiceJob is not part of this local AWS" in str(error.message)


def test_path_that_is_no_operation_says_so() -> None:
    error = refused(context("/v1/nothing"))

    assert (error.code, error.status_code) == ("UnknownOperationException", 404)
    assert "POST /v1/nothing" in str(error.message)
