"""Where catalogues are read: an address or a file, asked politely and within a budget."""

from __future__ import annotations

from .answer import Answer
from .budget import Budget
from .client import Client, Validators
from .errors import BudgetError, LoopError, SourceError, UnchangedError
from .json_text import loaded
from .source import Source

__all__ = [
    "Answer",
    "Budget",
    "BudgetError",
    "Client",
    "LoopError",
    "Source",
    "SourceError",
    "UnchangedError",
    "Validators",
    "loaded",
]
