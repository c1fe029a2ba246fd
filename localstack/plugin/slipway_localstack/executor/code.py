"""Brings a version's code and layers to disk, and names the folders they lie in."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

OPT_FOLDER = "lambda-opt"
TEMPORARY_FOLDER = "lambda-tmp"
_merge_lock = threading.Lock()


def prepare(version: Any) -> None:
    """Unpack code and layers of a zip function (LocalStack unpacks each archive once)."""
    version.config.code.prepare_for_execution()
    for layer in version.config.layers:
        layer.code.prepare_for_execution()
    opt_folder(version)


def forget_former(temporary: Path) -> None:
    """Remove what a former LocalStack unpacked: its functions are gone with its memory."""
    for name in ("lambda", OPT_FOLDER, TEMPORARY_FOLDER):
        shutil.rmtree(temporary / name, ignore_errors=True)


def temporary_folder(environment: str) -> Path:
    """Return the folder that is /tmp of an environment."""
    return Path(tempfile.gettempdir()) / TEMPORARY_FOLDER / environment


def task_folder(version: Any) -> Path:
    """Return the folder that holds what AWS shows as /var/task."""
    return Path(version.config.code.get_unzipped_code_location())


def opt_folder(version: Any) -> Path:
    """Return the folder that holds what AWS shows as /opt: empty, the one layer itself, or all layers merged."""
    layers = [Path(layer.code.get_unzipped_code_location()) for layer in version.config.layers or []]
    if len(layers) == 1:
        return layers[0]
    return _merged(layers)


def _merged(layers: Sequence[Path]) -> Path:
    name = hashlib.sha256("\n".join(map(str, layers)).encode()).hexdigest()[:24]
    target = Path(tempfile.gettempdir()) / OPT_FOLDER / name
    with _merge_lock:
        if not target.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(dir=target.parent))
            merge_layers(layers, partial)
            partial.rename(target)
    return target


def merge_layers(layers: Sequence[Path], target: Path) -> None:
    """Lay layers over each other in order; a later file replaces an earlier one, as on AWS."""
    for layer in layers:
        for folder, _, files in os.walk(layer):
            place = target / Path(folder).relative_to(layer)
            place.mkdir(parents=True, exist_ok=True)
            for name in files:
                (place / name).unlink(missing_ok=True)
                _link(Path(folder) / name, place / name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
