"""The actions of the harvest, one file per thing acted upon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import board, conflicts, many, preview, records, runs, sources

if TYPE_CHECKING:
    from types import ModuleType

_MODULES: tuple[ModuleType, ...] = (board, conflicts, many, preview, records, runs, sources)


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {
        name: found
        for module in _MODULES
        for name, found in vars(module).items()
        if name.startswith("ca3b_harvest_") and callable(found)
    }
