"""Whether a failed attempt is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended."""

    exit_code: int | None
    """None when no container started."""
    reason: str
    """The container's reason, for example `CannotStartContainerError: …`; empty when it just exited."""
    status_reason: str
    """The attempt's reason, for example `Essential container in task exited`."""


def matches(pattern: str, text: str) -> bool:
    """Say whether the text fits a pattern, in which a final `*` stands for any rest. Case does not matter."""
    pattern, text = pattern.lower(), text.lower()
    return text.startswith(pattern[:-1]) if pattern.endswith("*") else text == pattern


def rule_matches(rule: Mapping[str, Any], outcome: Outcome) -> bool:
    """Say whether every condition that the rule names holds."""
    exit_code = "" if outcome.exit_code is None else str(outcome.exit_code)
    conditions = (
        (rule.get("onExitCode"), exit_code),
        (rule.get("onReason"), outcome.reason),
        (rule.get("onStatusReason"), outcome.status_reason),
    )
    return all(pattern is None or matches(pattern, text) for pattern, text in conditions)


def allowed_attempts(strategy: Mapping[str, Any]) -> int:
    """Return how many attempts the strategy allows in all, at least 1."""
    return int(strategy.get("attempts") or 1)


def should_retry(strategy: Mapping[str, Any], attempts_made: int, outcome: Outcome) -> bool:
    """Say whether to try again: attempts are left, and the first rule that matches (if any) says RETRY."""
    if attempts_made >= allowed_attempts(strategy):
        return False
    for rule in strategy.get("evaluateOnExit") or []:
        if rule_matches(rule, outcome):
            return str(rule["action"]).upper() == "RETRY"
    return True
