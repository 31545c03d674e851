"""The board: every source, what needs a human first."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from . import words
from .frame import act, pages, sign_in_first


@pages.route("", endpoint="board", strict_slashes=False)
def show() -> Any:
    """Show the sources, worst first."""
    if refused := sign_in_first():
        return refused
    sources = act("ca3b_harvest_board")
    todo = [one for source in sources for one in words.todo(source)]
    return tk.render("ca3b/harvesting/board.html", {"sources": sources, "todo": todo})
