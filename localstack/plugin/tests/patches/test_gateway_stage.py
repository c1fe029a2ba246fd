"""What UpdateStage is asked when a stack's stage changes."""

from __future__ import annotations

from slipway_localstack.patches.gateway_stage import changes


def test_new_deployment_is_followed() -> None:
    assert changes({"DeploymentId": "old"}, {"DeploymentId": "new"}) == [
        {"op": "replace", "path": "/deploymentId", "value": "new"}
    ]


def test_equal_states_ask_nothing() -> None:
    state = {"DeploymentId": "same", "Variables": {"a": "1"}}
    assert changes(state, dict(state)) == []


def test_variables_are_added_changed_and_removed() -> None:
    before = {"Variables": {"gone": "1", "kept": "1"}}
    after = {"Variables": {"kept": "2", "fresh": "3"}}
    assert changes(before, after) == [
        {"op": "replace", "path": "/variables/fresh", "value": "3"},
        {"op": "remove", "path": "/variables/gone"},
        {"op": "replace", "path": "/variables/kept", "value": "2"},
    ]
