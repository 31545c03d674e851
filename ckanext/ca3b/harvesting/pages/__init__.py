"""The pages of harvesting: the operator's board, sources, runs and conflicts; the report a commune is sent.

They show what the actions ``ca3b_harvest_*`` answer and hold no rule of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import adding, board, conflicts, datasets, helpers, letters, many, runs, sources
from .frame import pages

if TYPE_CHECKING:
    from flask import Blueprint

#: The modules that hang their pages on the blueprint when they are imported.
ROUTES = (adding, board, conflicts, datasets, letters, many, runs, sources)


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [pages]


def get_helpers() -> dict[str, Any]:
    """Return the helpers of templates, by name."""
    return helpers.get_helpers()
