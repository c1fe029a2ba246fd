"""Lambda functions as host processes: one process per execution environment, spoken to by the Lambda Runtime API.

Flow: LocalStack asks `HostExecutor` for an environment; `HostEnvironment` starts the function's process with the
command of `commands`, serves `RuntimeApi` to it, hands it one invocation at a time and collects its output.
"""
