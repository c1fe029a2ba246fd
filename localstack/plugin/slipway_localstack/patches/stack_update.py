"""A stack update that fails is rolled back and ends UPDATE_ROLLBACK_COMPLETE.

Stock LocalStack keeps the changes made so far, deletes what the new template leaves out, takes the new template for
the stack's own and reports UPDATE_COMPLETE.
"""

from __future__ import annotations

import functools
import logging
from typing import Any

from slipway_localstack.patches.check import require, require_text

LOG = logging.getLogger(__name__)

_BEFORE = "_slipway_properties_before"
_ENDED = ("UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED")


def apply() -> None:
    """Replace the executor's execute for updates, and keep the final status final."""
    from localstack.services.cloudformation.engine.v2 import change_set_model_executor as engine
    from localstack.services.cloudformation.v2.entities import Stack

    executor = engine.ChangeSetModelExecutor
    stock_execute = require(executor, "execute")
    stock_change = require(executor, "_execute_resource_change", "name", "before", "after")
    require(executor, "_execute_resource_action", "action", "before_properties", "after_properties")
    require(executor, "_process_event", "action", "logical_resource_id", "event_status", "resource_type", "reason")
    require_text(executor, "execute", "self._deferred_actions[::-1]")
    stock_status = require(Stack, "set_stack_status", "status", "reason")

    @functools.wraps(stock_execute)
    def execute(self: Any) -> Any:
        if self._change_set.stack.status != "UPDATE_IN_PROGRESS":
            return stock_execute(self)
        return _update(self, engine)

    @functools.wraps(stock_change)
    def change(self: Any, name: str, before: Any, after: Any) -> None:
        if not engine.is_nothing(before):
            self.__dict__.setdefault(_BEFORE, {})[name] = before.properties
        stock_change(self, name, before, after)

    @functools.wraps(stock_status)
    def set_status(self: Any, status: Any, reason: str | None = None) -> None:
        if is_final(str(self.status), str(status)):
            return
        stock_status(self, status, reason)

    executor.execute = execute
    executor._execute_resource_change = change
    Stack.set_stack_status = set_status


def is_final(present: str, wanted: str) -> bool:
    """Tell whether a stack has ended its roll-back, so that only the start of something new may follow."""
    return present in _ENDED and not wanted.endswith("IN_PROGRESS")


def _update(executor: Any, engine: Any) -> Any:
    stack = executor._change_set.stack
    before = dict(stack.resolved_resources)
    try:
        executor.process()
    except Exception as problem:  # noqa: BLE001 - whatever it is, the update has failed and is rolled back
        reason = getattr(problem, "reason", None) or str(problem) or type(problem).__name__
        LOG.warning("update of stack %s failed, rolling back: %s", stack.stack_name, reason)
        stack.set_stack_status("UPDATE_ROLLBACK_IN_PROGRESS", reason)
        failed = _RollBack(executor, engine, before).run()
        stack.set_stack_status(f"UPDATE_ROLLBACK_{'FAILED' if failed else 'COMPLETE'}", "; ".join(failed) or reason)
        _keep_old_template(executor._change_set)
        return engine.ChangeSetModelExecutorResult(
            resources=before, outputs=stack.resolved_outputs, failure_message=reason
        )
    if executor._deferred_actions:
        stack.set_stack_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        for deferred in reversed(executor._deferred_actions):
            deferred.action()
    return engine.ChangeSetModelExecutorResult(resources=executor.resources, outputs=executor.outputs)


def _keep_old_template(change_set: Any) -> None:
    """The caller copies these from the change set to the stack, whatever the outcome."""
    for name in ("template", "template_body", "processed_template", "resolved_parameters"):
        setattr(change_set, name, getattr(change_set.stack, name))


class _RollBack:
    """Takes back what an update did, in reverse order."""

    def __init__(self, executor: Any, engine: Any, before: dict[str, Any]) -> None:
        self._executor = executor
        self._engine = engine
        self._before = before
        self._failed: list[str] = []

    def run(self) -> list[str]:
        """Undo everything; return what could not be undone."""
        done = dict(self._executor.resources)
        for name, resource in reversed(done.items()):
            old = self._before.get(name)
            if resource is old:
                continue
            if str(resource.get("ResourceStatus")).endswith("_FAILED"):
                self._forget(name, old, resource)
                continue
            if old is None:
                self._act("Remove", name, resource, resource["Properties"], None)
            elif old.get("PhysicalResourceId") != resource.get("PhysicalResourceId"):
                self._take_back(name, old, resource)
            else:
                self._restore(name, resource)
        return self._failed

    def _forget(self, name: str, old: dict[str, Any] | None, resource: dict[str, Any]) -> None:
        """Nothing was made or changed; only a resource that never was is listed no longer."""
        if old is None:
            self._note("Remove", name, resource, self._engine.OperationStatus.SUCCESS, "")

    def _take_back(self, name: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Undo a new physical id: a replacement leaves the old one to go back to, a new version the old properties."""
        if old.get("Type") == new.get("Type") and not self._was_replaced(name):
            self._restore(name, new)
            self._before[name] = self._executor.resources[name]
        else:
            self._act("Remove", name, new, new["Properties"], None)

    def _was_replaced(self, name: str) -> bool:
        return any(deferred.name == f"cleanup-from-replacement-{name}" for deferred in self._executor._deferred_actions)

    def _restore(self, name: str, resource: dict[str, Any]) -> None:
        old = self._executor.__dict__.get(_BEFORE, {}).get(name)
        if old is not None:
            self._act("Modify", name, resource, resource["Properties"], old.properties)

    def _act(
        self,
        action: str,
        name: str,
        resource: dict[str, Any],
        before: dict[str, Any],
        after: dict[str, Any] | None,
    ) -> None:
        properties = self._engine.PreprocProperties
        event = self._executor._execute_resource_action(
            action=self._engine.ChangeAction(action),
            logical_resource_id=name,
            resource_type=resource["Type"],
            before_properties=properties(before),
            after_properties=properties(after) if after is not None else None,
        )
        if event.status == self._engine.OperationStatus.FAILED:
            self._failed.append(f"{name}: {event.message}")
        self._note(action, name, resource, event.status, event.message)

    def _note(self, action: str, name: str, resource: dict[str, Any], status: Any, reason: str) -> None:
        self._executor._process_event(
            action=self._engine.ChangeAction(action),
            logical_resource_id=name,
            event_status=status,
            resource_type=resource["Type"],
            reason=reason,
        )
