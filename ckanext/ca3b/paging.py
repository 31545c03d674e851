"""The links from one page of a list to the next: CKAN's pager, with words for those who cannot see its chevrons."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from dominate import tags
from markupsafe import Markup


def pager(page: Any, **parameters: Any) -> Markup:
    """Return the pager of ``page`` (a :class:`ckan.lib.pagination.Page`), empty when there is one page only.

    ``parameters`` are those of the address, as for CKAN's own ``page.pager``.
    """
    links = page.pager(
        symbol_previous=_symbol("left", tk._("Previous page")),
        symbol_next=_symbol("right", tk._("Next page")),
        **parameters,
    )
    if not links:
        return Markup()
    return Markup('<nav aria-label="{}">{}</nav>').format(tk._("Pages of the list"), links)


def _symbol(side: str, text: str) -> Any:
    return tags.span(
        tags.i(cls=f"fa-solid fa-chevron-{side}", aria_hidden="true"), tags.span(text, cls="visually-hidden")
    )
