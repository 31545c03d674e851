"""What an address asks of the search on a map: words, communes, a rectangle, a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from attrs import frozen

from ckanext.ca3b.territory.core.boxes import Box, read_box
from ckanext.ca3b.territory.indexing import FACET

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

#: The edges of the rectangle as the form sends them, in the order of a box.
EDGES = ("ouest", "sud", "est", "nord")
BOX = "ext_bbox"


@frozen
class Asked:
    """A question. ``communes`` are INSEE codes, any of them; ``edges`` is what was typed, right or wrong."""

    words: str
    communes: tuple[str, ...]
    box: Box | None
    edges: dict[str, str]
    problem: str
    page: int

    @property
    def anything(self) -> bool:
        """Tell whether more than « everything » is asked."""
        return bool(self.words or self.communes or self.box)

    def parameters(self) -> list[tuple[str, str]]:
        """Return the shortest address that asks the same, without the page."""
        box = [(BOX, ",".join(f"{edge:.8g}" for edge in self.box))] if self.box else []
        words = [("q", self.words)] if self.words else []
        return [*words, *((FACET, code) for code in self.communes), *box]


def read(arguments: Any, known: Collection[str]) -> Asked:
    """Read the arguments of a request (a MultiDict); ``known`` are the codes of the territory, others are dropped."""
    chosen = dict.fromkeys(code for code in arguments.getlist(FACET) if code in known)
    typed = {edge: str(arguments.get(edge) or "").strip().replace(",", ".") for edge in EDGES}
    given = ",".join(typed.values()) if any(typed.values()) else arguments.get(BOX, "")
    box = read_box(given)
    if box:
        typed = {edge: f"{number:.8g}" for edge, number in zip(EDGES, box, strict=True)}
    return Asked(
        words=str(arguments.get("q") or "").strip(),
        communes=tuple(chosen),
        box=box,
        edges=typed,
        problem=_problem(typed) if given and not box else "",
        page=_page(arguments.get("page")),
    )


def _problem(typed: dict[str, str]) -> str:
    if not any(typed.values()):
        return tk._("The rectangle of this address cannot be read.")
    if not all(typed.values()):
        return tk._("The rectangle needs its four edges: west, south, east, north.")
    return tk._("The edges are numbers of degrees: west less than east, south less than north. Example: 5.1.")


def _page(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 10_000 else 1
