"""Any tabular file to its columns as they are: dialect, types, warnings. Imports nothing of the portal.

`repair` is the module of the lossless repairs: ``repair.repair(table, schema, target)`` writes the repaired copy,
``repair.plan(table, schema)`` lists its changes and ``repair.look(table, schema)`` also says what would be left.
"""

from __future__ import annotations

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
