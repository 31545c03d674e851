"""What can be done about personal data in a file, seen before it is done. Imports nothing of the portal.

`options` proposes, in words; `preview` shows on the rows of the file; `apply` writes a new file.
"""

from __future__ import annotations

from .engine import apply, preview, table_columns
from .kinds import KINDS
from .model import ColumnLoss, Loss, Measures, Option, Preview, RemedyError, Result, Treatment
from .options import advised, options

__all__ = [
    "KINDS",
    "ColumnLoss",
    "Loss",
    "Measures",
    "Option",
    "Preview",
    "RemedyError",
    "Result",
    "Treatment",
    "advised",
    "apply",
    "options",
    "preview",
    "table_columns",
]
