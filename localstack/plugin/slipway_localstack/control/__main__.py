"""Command line behind localstack/launch: start, run, stop, status [--json], env [--json]."""

from __future__ import annotations

import errno
import json
import os
import shlex
import sys

from slipway_localstack.control import server
from slipway_localstack.control.settings import SettingError, Settings, client_settings


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    command, *options = arguments or ["status"]
    try:
        settings = Settings.read(os.environ)
        return _run(command, "--json" in options, settings)
    except (SettingError, server.ServerError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except OSError as problem:
        sys.stderr.write(f"{_of_the_system(problem)}\n")
        return 1


def _of_the_system(problem: OSError) -> str:
    """Say what to do when the system refuses a file."""
    where = f"{problem.filename or 'a file'}: {problem.strerror}"
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"DISK_FULL: {where}. Make room there, or name a folder on another disk with SLIPWAY_HOME."
    if problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"HOME_NOT_WRITABLE: {where}. Give the folder to this user, or name another with SLIPWAY_HOME."
    return f"SYSTEM_ERROR: {where}"


def _run(command: str, as_json: bool, settings: Settings) -> int:
    match command:
        case "start":
            sys.stderr.write(server.start(settings) + "\n")
        case "run":
            server.run(settings)
        case "stop":
            sys.stderr.write(server.stop(settings) + "\n")
        case "status":
            found = server.status(settings)
            sys.stdout.write((found.to_json() if as_json else server.describe(found)) + "\n")
            return 0 if found.healthy else 3
        case "env":
            sys.stdout.write(_environment_text(settings, as_json))
        case _:
            sys.stderr.write(f"CONTROL_COMMAND_UNKNOWN: '{command}'\n")
            return 2
    return 0


def _environment_text(settings: Settings, as_json: bool) -> str:
    values = client_settings(settings)
    if as_json:
        return json.dumps(values) + "\n"
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in values.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
