"""`Ref::name` placeholders in a job's command, replaced by the job's parameters."""

import re
from collections.abc import Mapping, Sequence

_REFERENCE = re.compile(r"^Ref::(?P<name>[A-Za-z0-9_-]+)$")


def substitute(command: Sequence[str], parameters: Mapping[str, str]) -> list[str]:
    """Return the command with each argument `Ref::name` replaced.

    Only a whole argument is a placeholder. One without a parameter stays as it is, as on AWS.
    """
    return [_replace(argument, parameters) for argument in command]


def _replace(argument: str, parameters: Mapping[str, str]) -> str:
    match = _REFERENCE.match(argument)
    return parameters.get(match["name"], argument) if match else argument
