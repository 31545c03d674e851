"""Any tabular file to its columns as they are: dialect, types, warnings. Imports nothing of the portal."""

from __future__ import annotations

from .errors import TableError
from .model import Column, Notice, ReadOptions, Sheet, Table
from .reading import read
from .values import typed

__all__ = ["Column", "Notice", "ReadOptions", "Sheet", "Table", "TableError", "read", "typed"]
