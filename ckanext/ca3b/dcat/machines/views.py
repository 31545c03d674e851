"""The addresses for machines, and the page that lists those of the catalogue for people."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model
from flask import Blueprint
from sqlalchemy import select

from ckanext.ca3b import vocabularies
from ckanext.ca3b.dcat.feeds import answers
from ckanext.ca3b.dcat.feeds.asking import RefusedError
from ckanext.ca3b.dcat.scope import WHOLE, Scope
from ckanext.ca3b.vocabularies.core import normalise

from . import links, llms, sitemap

if TYPE_CHECKING:
    from flask import Response

machines = Blueprint("ca3b_machines", __name__)

_TEXT, _XML = "text/markdown; charset=utf-8", "application/xml; charset=utf-8"


def llms_txt() -> Response:
    """Tell programs what is here."""
    return _document(llms.document(), _TEXT)


def sitemap_xml() -> Response:
    """Give the map of the site, or its index when it is large."""
    count = sitemap.pages()
    return _document("".join(sitemap.index(count) if count > 1 else sitemap.document(1)), _XML)


def sitemap_part(number: int) -> Response:
    """Give one part of a large map."""
    if not 0 < number <= sitemap.pages():
        raise RefusedError(404, tk._("The map of the site has no such part."))
    return _document("".join(sitemap.document(number)), _XML)


def catalogue() -> str:
    """List the addresses of the catalogue, of each producer and of each theme."""
    groups: Any = model.Group.__table__  # pyright: ignore[reportAttributeAccessIssue]
    query = select(groups.c.name, groups.c.title).where(groups.c.is_organization, groups.c.state == model.State.ACTIVE)
    named = sorted(model.Session.execute(query), key=lambda one: (normalise(one.title or one.name), one.name))
    producers = [
        (title or name, links.catalogue(scope)[0], links.table(scope), links.changes(scope)[0])
        for name, title in named
        for scope in (Scope("organization", name),)
    ]
    themes = [(one.label, links.catalogue(Scope("theme", one.slug))[0]) for one in vocabularies.themes()]
    return tk.render(
        "ca3b/dcat/catalogue.html",
        {
            "formats": links.catalogue(WHOLE),
            "table": links.table(WHOLE),
            "changes": links.changes(WHOLE),
            "hvd": links.catalogue(Scope("hvd")),
            "producers": producers,
            "themes": themes,
        },
    )


def _document(text: str, content_type: str) -> Response:
    body = text.encode()
    version = answers.Conditional(tk.request.path, hashlib.sha256(body).hexdigest()[:32])
    if version.unchanged:
        return answers.not_modified(version)
    if tk.request.method == "HEAD":
        return answers.head(content_type, version)
    return answers.whole(body, content_type, version)


machines.add_url_rule("/llms.txt", "llms", llms_txt)
machines.add_url_rule("/sitemap.xml", "sitemap", sitemap_xml)
machines.add_url_rule("/sitemap-<int:number>.xml", "sitemap_part", sitemap_part)
machines.add_url_rule("/catalogue", "catalogue", catalogue, strict_slashes=False)
machines.register_error_handler(RefusedError, answers.refused)
