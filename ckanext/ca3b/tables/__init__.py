"""Any tabular file to its columns as they are: dialect, types, warnings. Imports nothing of the portal."""

from __future__ import annotations

from .checking import CheckError, Verdict, check
from .errors import TableError
from .model import Column, Notice, ReadOptions, Sheet, Table
from .reading import read
from .values import typed

__all__ = [
    "CheckError",
    "Column",
    "Notice",
    "ReadOptions",
    "Sheet",
    "Table",
    "TableError",
    "Verdict",
    "check",
    "read",
    "typed",
]
