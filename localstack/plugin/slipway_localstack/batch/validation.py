"""Rules that several requests share, with the limits of the AWS Batch API reference."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from slipway_localstack.batch.errors import ClientException, ConstraintException

NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$")
SHARE = re.compile(r"^[A-Za-z0-9]{1,255}\*?$")
_EXIT_CODE = re.compile(r"^[0-9]{1,511}\*?$|^\*$")
_REASON = re.compile(r"^[A-Za-z0-9.:\s]{1,511}\*?$|^\*$")
MAX_ATTEMPTS = 10
MAX_RULES = 5
MAX_TAGS = 50
MAX_TAG_KEY = 128
MAX_TAG_VALUE = 256
MAX_PRIORITY = 9999
RESERVED_ENVIRONMENT = "AWS_BATCH"

type Json = Mapping[str, Any]


def require(request: Json, *fields: str) -> None:
    """Refuse a request in which one of the fields is missing or an empty string."""
    for field in fields:
        if request.get(field) in (None, ""):
            raise ClientException(f"'{field}' is a required field (cannot be an empty string)")


def check_name(field: str, value: str) -> None:
    """Refuse a name that is not 1 to 128 letters, digits, hyphens and underscores, starting with none of the last."""
    if not NAME.match(value):
        raise ClientException(
            f"{field} must match the pattern {NAME.pattern}: up to 128 letters, numbers, hyphens and underscores, "
            f"the first one a letter or number; found '{value}'"
        )


def check_choice(field: str, value: object, choices: Sequence[str]) -> None:
    """Refuse a value that is not one of the choices; None is allowed."""
    if value is not None and value not in choices:
        raise ClientException(f"{field} {value} must be one of {' | '.join(choices)}")


def check_range(field: str, value: object, least: int, most: int) -> None:
    """Refuse a number outside least to most; None is allowed."""
    if value is not None and not (isinstance(value, int) and least <= value <= most):
        raise ClientException(f"{field} must be between {least} and {most}, found {value}")


def check_tags(tags: Mapping[str, str] | None) -> None:
    """Refuse more than 50 tags, keys or values that are too long, and keys that AWS keeps for itself."""
    tags = tags or {}
    if len(tags) > MAX_TAGS:
        raise ConstraintException("tags", dict(tags), f"Member must have length less than or equal to {MAX_TAGS}")
    for key, value in tags.items():
        if not 1 <= len(key) <= MAX_TAG_KEY:
            raise ClientException(f"tag keys must be 1-{MAX_TAG_KEY} characters long, found '{key}'")
        if key.lower().startswith("aws:"):
            raise ClientException(f"tag keys must not start with aws:, found '{key}'")
        if len(value or "") > MAX_TAG_VALUE:
            raise ClientException(f"tag values must be at most {MAX_TAG_VALUE} characters long, see key '{key}'")


def check_timeout(timeout: Json | None, minimum: int) -> None:
    """Refuse an attempt time-out below the minimum (60 s on AWS)."""
    seconds = (timeout or {}).get("attemptDurationSeconds")
    if seconds is not None and seconds < minimum:
        raise ClientException(f"timeout.attemptDurationSeconds must be at least {minimum}, found {seconds}")


def check_retry_strategy(strategy: Json | None) -> None:
    """Refuse attempts outside 1 to 10 and rules that do not say what the API reference allows."""
    if not strategy:
        return
    check_range("retryStrategy.attempts", strategy.get("attempts"), 1, MAX_ATTEMPTS)
    rules = strategy.get("evaluateOnExit") or []
    if len(rules) > MAX_RULES:
        raise ClientException(
            f"retryStrategy.evaluateOnExit can contain at most {MAX_RULES} entries, found {len(rules)}"
        )
    if rules and strategy.get("attempts") is None:
        raise ClientException("retryStrategy.attempts must be specified when evaluateOnExit is specified")
    for index, rule in enumerate(rules):
        _check_rule(f"retryStrategy.evaluateOnExit[{index}]", rule)


def lower_actions(strategy: Json) -> dict[str, Any]:
    """Return a copy of a retry strategy with its actions in lower case, as AWS shows them."""
    rules = [dict(rule) | {"action": str(rule["action"]).lower()} for rule in strategy.get("evaluateOnExit") or []]
    return dict(strategy) | ({"evaluateOnExit": rules} if rules else {})


def _check_rule(where: str, rule: Json) -> None:
    action = rule.get("action")
    if str(action).upper() not in {"RETRY", "EXIT"}:
        raise ClientException(f"{where}.action {action} must be one of RETRY | EXIT")
    patterns = (("onExitCode", _EXIT_CODE), ("onReason", _REASON), ("onStatusReason", _REASON))
    given = [(field, pattern) for field, pattern in patterns if rule.get(field) is not None]
    if not given:
        raise ClientException(f"{where} must specify at least one of onExitCode, onReason, onStatusReason")
    for field, pattern in given:
        if not pattern.match(str(rule[field])):
            raise ClientException(f"{where}.{field} must match the pattern {pattern.pattern}, found '{rule[field]}'")


def check_environment(variables: Sequence[Json] | None) -> None:
    """Refuse variables with the prefix that Batch keeps for itself."""
    for variable in variables or []:
        if str(variable.get("name") or "").startswith(RESERVED_ENVIRONMENT):
            raise ClientException(
                f"Environment variables must not start with {RESERVED_ENVIRONMENT}, found {variable['name']}"
            )


def check_requirements(requirements: Sequence[Json] | None) -> None:
    """Refuse resource requirements of an unknown type, given twice, or with an amount that is no number above 0."""
    seen: set[str] = set()
    for requirement in requirements or []:
        kind = str(requirement.get("type"))
        check_choice("resourceRequirements.type", kind, ("GPU", "VCPU", "MEMORY"))
        if kind in seen:
            raise ClientException(f"resourceRequirements must name {kind} only once")
        seen.add(kind)
        check_amount(f"resourceRequirements {kind} value", requirement.get("value"))


def check_amount(field: str, value: object) -> float:
    """Return the amount as a number; refuses what is no number above 0."""
    try:
        amount = float(str(value))
    except ValueError:
        raise ClientException(f"{field} must be a number, found '{value}'") from None
    if not amount > 0:
        raise ClientException(f"{field} must be greater than 0, found {value}")
    return amount
