"""Lines of a function go to the log group of its LoggingConfig; stock LocalStack stores the setting and ignores it."""

from __future__ import annotations

import functools
from typing import Any

from slipway_localstack.patches.check import require, require_text


def apply() -> None:
    """Read the function's setting."""
    from localstack.services.lambda_.invocation.execution_environment import ExecutionEnvironment

    stock = require(ExecutionEnvironment, "get_log_group_name")
    require_text(ExecutionEnvironment, "get_environment_variables", '"AWS_LAMBDA_LOG_GROUP_NAME": self.get_log_group')

    @functools.wraps(stock)
    def get_log_group_name(self: Any) -> str:
        logging_config = self.function_version.config.logging_config or {}
        return str(logging_config.get("LogGroup") or stock(self))

    ExecutionEnvironment.get_log_group_name = get_log_group_name
