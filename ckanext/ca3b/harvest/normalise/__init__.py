"""Values of any shape as the portal writes them; what is not understood is given back as it was.

Functions that look a value up return a :class:`Term`: the value to keep, and whether it was understood.
"""

from __future__ import annotations

from .agents import agent, email, phone
from .communes import communes_of
from .dates import date, period
from .extents import place
from .terms import Term, access_right, file_format, frequency, keywords, language, licence, theme
from .texts import markdown, one_line

__all__ = [
    "Term",
    "access_right",
    "agent",
    "communes_of",
    "date",
    "email",
    "file_format",
    "frequency",
    "keywords",
    "language",
    "licence",
    "markdown",
    "one_line",
    "period",
    "phone",
    "place",
    "theme",
]
