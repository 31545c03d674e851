"""The addresses of the pages of a catalogue, and what a page says of them in RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
import pyoxigraph as ox

from .namespaces import PREFIXES
from .triples import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.dcat.scope import Scope

    from .asking import Question
    from .cursor import Cursor
    from .fragments import Piece

_HYDRA, _DCAT = PREFIXES["hydra"], PREFIXES["dcat"]


def page(scope: Scope, ending: str, given: dict[str, str], **more: str) -> str:
    """Return the whole address of a page of a catalogue, in the language of nobody."""
    path = f"{scope.path}.{ending}"
    asked = {**given, **more}
    folder = (tk.config.get("ckan.root_path") or "").replace("/{{LANG}}", "")
    root = (tk.config["ckan.site_url"].rstrip("/") + folder).rstrip("/")
    return root + path + (f"?{urlencode(asked)}" if asked else "")


def current(scope: Scope, ending: str, question: Question) -> str:
    """Return the address of the page that a question asks."""
    if question.after is not None:
        return page(scope, ending, question.given, after=str(question.after))
    if question.offset and question.limit:
        return page(scope, ending, question.given, page=str(question.offset // question.limit + 1))
    return page(scope, ending, question.given)


def header(first: str, following: str | None, others: list[tuple[str, str]]) -> str:
    """Return the header « Link »: the first page, the next one, the same page in other formats (address, type)."""
    found = [f'<{first}>; rel="first"']
    if following:
        found.append(f'<{following}>; rel="next"')
    found += [f'<{url}>; rel="alternate"; type="{media_type}"' for url, media_type in others]
    return ", ".join(found)


def hydra(catalogue: str, here: str, first: str, following: str | None, size: int) -> list[ox.Triple]:
    """Return what a page says of itself, in the words of Hydra and in those of its drafts, which harvesters read.

    Addresses are addresses, not texts; no number of the whole is given, since it changes while somebody pages.
    """
    node = ox.NamedNode(here)
    found = [
        ox.Triple(node, ox.NamedNode(TYPE), ox.NamedNode(_HYDRA + "PartialCollectionView")),
        ox.Triple(node, ox.NamedNode(TYPE), ox.NamedNode(_HYDRA + "PagedCollection")),
        ox.Triple(
            node,
            ox.NamedNode(_HYDRA + "itemsPerPage"),
            ox.Literal(str(size), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")),
        ),
    ]
    pages = {"first": first, "firstPage": first}
    if following:
        pages |= {"next": following, "nextPage": following}
    found += [ox.Triple(node, ox.NamedNode(_HYDRA + name), ox.NamedNode(url)) for name, url in pages.items()]
    # What leads from the catalogue to the page.
    return [ox.Triple(ox.NamedNode(catalogue), ox.NamedNode(_HYDRA + "view"), node), *found]


def members(catalogue: str, pieces: Iterable[Piece]) -> list[ox.Triple]:
    """Return what :func:`ckanext.ca3b.dcat.graphs.membership` says of each dataset, without asking the portal again."""
    subject = ox.NamedNode(catalogue)
    found = [
        (name, uri)
        for one in pieces
        for name, uri in (
            ("dataset", one.uri),
            ("record", f"{one.uri}#record"),
            *(("service", each) for each in one.services),
        )
    ]
    found.sort(key=lambda one: one[0])
    predicates = {name: ox.NamedNode(_DCAT + name) for name in ("dataset", "record", "service")}
    return [ox.Triple(subject, predicates[name], ox.NamedNode(uri)) for name, uri in found]


def following(scope: Scope, ending: str, question: Question, after: Cursor | None) -> str | None:
    """Return the address of the next page, None when there is none."""
    return page(scope, ending, question.given, after=str(after)) if after else None
