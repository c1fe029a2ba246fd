"""Changes to LocalStack 4.14.0, one file each. Every one asserts the symbol that it changes."""

from __future__ import annotations


def apply() -> None:
    """Apply all patches in order."""
