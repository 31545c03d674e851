"""The addresses of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from flask import Blueprint

from ckanext.ca3b.dcat.feeds import answers, asking
from ckanext.ca3b.dcat.feeds.asking import RefusedError
from ckanext.ca3b.dcat.feeds.selection import Wanted

from . import pages

if TYPE_CHECKING:
    from flask import Response

listing = Blueprint("ca3b_listing", __name__)

_TYPE = "text/csv; charset=utf-8; header=present"


def whole() -> Response:
    """Give the whole catalogue as a table."""
    return _table("whole", "")


def organization(name: str) -> Response:
    """Give what an organisation publishes as a table."""
    return _table("organization", name)


def _table(kind: str, name: str) -> Response:
    scope = asking.scope(kind, name)
    wanted = Wanted(scope)
    version = answers.Conditional(tk.request.path, pages.tag(wanted))
    if version.unchanged:
        return answers.not_modified(version)
    if tk.request.method == "HEAD":
        answer = answers.head(_TYPE, version)
    else:
        answer = answers.streamed(pages.table(wanted), _TYPE, version)
    file = f"catalogue-{scope.name}.csv" if scope.name else "catalogue.csv"
    answer.headers.set("Content-Disposition", "inline", filename=file)
    return answer


listing.add_url_rule("/catalogue.csv", "whole", whole)
listing.add_url_rule("/organization/<name>/catalogue.csv", "organization", organization)
listing.register_error_handler(RefusedError, answers.refused)
