"""Any tabular file to its columns as they are: dialect, types, warnings. Imports nothing of the portal.

`repair` is the module of the lossless repairs: ``repair.repair(table, schema, target)`` writes the repaired copy,
``repair.plan(table, schema)`` lists its changes and ``repair.look(table, schema)`` also says what would be left.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import repair
    from .checking import CheckError, Verdict, check
    from .errors import TableError
    from .matching import Proposal, propose
    from .model import Column, Notice, ReadOptions, Sheet, Table
    from .reading import read
    from .repair import Change, Repair
    from .values import typed

__all__ = [
    "Change",
    "CheckError",
    "Column",
    "Notice",
    "Proposal",
    "ReadOptions",
    "Repair",
    "Sheet",
    "Table",
    "TableError",
    "Verdict",
    "check",
    "propose",
    "read",
    "repair",
    "typed",
]

# Loaded when asked for: who only reads a file pays neither for its verification nor for its repair.
_HOMES = {
    "checking": ("CheckError", "Verdict", "check"),
    "errors": ("TableError",),
    "matching": ("Proposal", "propose"),
    "model": ("Column", "Notice", "ReadOptions", "Sheet", "Table"),
    "reading": ("read",),
    "repair": ("Change", "Repair"),
    "values": ("typed",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "repair":
        return import_module(".repair", __name__)
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value
