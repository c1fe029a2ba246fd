"""Functions of package type Image without a container engine: the image's name stands for a command of this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from slipway_localstack.executor.commands import Command, Folders, UnsupportedRuntimeError


def read_map(text: str) -> dict[str, tuple[str, ...]]:
    """Read SLIPWAY_LAMBDA_IMAGES: a JSON object from image name to the argument list that its entry point becomes."""
    found = json.loads(text or "{}")
    return {str(name): tuple(str(part) for part in argv) for name, argv in found.items()}


def entry_of(image: str, images: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the argument list of an image; raises UnsupportedRuntimeError with the known names."""
    argv = images.get(image)
    if not argv:
        known = ", ".join(sorted(images)) or "none"
        raise UnsupportedRuntimeError(
            f"LAMBDA_IMAGE_UNKNOWN: image '{image}' has no command here; SLIPWAY_LAMBDA_IMAGES names {known}"
        )
    return argv


def image_command(
    entry: Sequence[str], command: Sequence[str] | None, working_directory: str | None, folders: Folders
) -> Command:
    """Return the command: what stands for the entry point, then the function's own command, in its folder."""
    place = Path(working_directory) if working_directory else folders.temporary
    return Command((*entry, *(command or ())), place if place.is_dir() else folders.temporary)
