"""The addresses of the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from ckan import model
from flask import Blueprint

from ckanext.ca3b.dcat.feeds import answers, asking, stamps
from ckanext.ca3b.dcat.feeds.asking import RefusedError

from . import documents, reading
from .documents import About

if TYPE_CHECKING:
    from flask import Response

changes = Blueprint("ca3b_changes", __name__)

_TYPES = {"atom": "application/atom+xml; charset=utf-8", "rss": "application/rss+xml; charset=utf-8"}
_WRITERS = {"atom": documents.atom, "rss": documents.rss}


def whole(form: str) -> Response:
    """Give the changes of the whole catalogue."""
    title = tk._("{site}: changes of the catalogue").format(site=tk.config["ckan.site_title"])
    return _document("whole", form, "", title, tk.url_for("dataset.search", _external=True, locale="default"))


def organization(name: str, form: str) -> Response:
    """Give the changes of what an organisation publishes."""
    scope = asking.scope("organization", name)
    group = model.Group.get(scope.name)
    if group is None:
        raise RefusedError(404, tk._("No organisation of this portal has this name."))
    title = tk._("{producer}: changes of the catalogue").format(producer=group.title or group.name)
    page = tk.url_for("organization.read", id=group.name, _external=True, locale="default")
    return _document("organization", form, group.id, title, page, name=group.name)


def _document(view: str, form: str, organization_id: str, title: str, page: str, **parts: str) -> Response:
    number = _number(tk.request.args.get("page"))
    found = reading.page(number, organization_id)
    lang = str(tk.h.lang())
    told = [(one.selected.id, one.selected.stamp, one.at) for one in found.changes]
    gone = [(one.dataset_id, one.at) for one in found.departed]
    tag = stamps.of(stamps.portal(), lang, form, str(told), str(gone), str(found.more))
    version = answers.Conditional(tk.request.full_path, tag)
    if version.unchanged:
        return answers.not_modified(version)
    if tk.request.method == "HEAD":
        return answers.head(_TYPES[form], version)

    def address(page: int) -> str:
        more = {"page": page} if page > 1 else {}
        return tk.url_for(f"ca3b_changes.{view}", form=form, _external=True, locale="default", **parts, **more)

    about = About(
        address=address(number), page=page, title=title, first=address(1),
        following=address(number + 1) if found.more else None,
    )  # fmt: skip
    body = _WRITERS[form](found, reading.described(found.changes), about)
    return answers.whole(body, _TYPES[form], version)


def _number(text: str | None) -> int:
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
        raise RefusedError(400, tk._("“{name}” is a whole number from 1.").format(name="page"))
    return int(text)


changes.add_url_rule("/feeds/catalogue.<any(atom,rss):form>", "whole", whole)
changes.add_url_rule("/organization/<name>/catalogue.<any(atom,rss):form>", "organization", organization)
changes.register_error_handler(RefusedError, answers.refused)
