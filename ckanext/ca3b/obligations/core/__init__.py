"""What the law asks each commune to publish, without a portal: the duties (``duties.yaml``) and their rules.

``rules`` reads the duties, ``evaluate`` tells those of each body from the datasets that are there, ``line`` and
``columns`` count them. Populations are inhabitants, agents are full-time equivalents, amounts are euros without tax.
"""

from __future__ import annotations

from .counting import Column, Line, columns, line
from .judging import evaluate
from .model import (
    AGGLOMERATION,
    COMMUNE,
    STATES,
    Body,
    Duty,
    Found,
    LawText,
    Present,
    Rule,
    State,
)
from .reading import DutiesError, rules

__all__ = [
    "AGGLOMERATION",
    "COMMUNE",
    "STATES",
    "Body",
    "Column",
    "DutiesError",
    "Duty",
    "Found",
    "LawText",
    "Line",
    "Present",
    "Rule",
    "State",
    "columns",
    "evaluate",
    "line",
    "rules",
]
