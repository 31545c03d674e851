"""The addresses of the catalogue. They take the place of ckanext-dcat's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from flask import Blueprint

from . import answers, asking, pages
from .asking import RefusedError
from .writing import FORMATS, Format

if TYPE_CHECKING:
    from flask import Response

feeds = Blueprint("ca3b_feeds", __name__)

# The first of a type, and the first format when the client has no preference.
_NEGOTIATED = {one.media_type: one for one in reversed(FORMATS.values())}
_OFFERED = list(dict.fromkeys(one.media_type for one in FORMATS.values()))


def whole(ending: str) -> Response:
    """Give the whole catalogue."""
    return _catalogue(ending, "whole")


def organization(name: str, ending: str) -> Response:
    """Give what an organisation publishes: the address that it gives to data.gouv.fr."""
    return _catalogue(ending, "organization", name)


def theme(name: str, ending: str) -> Response:
    """Give the datasets of a theme."""
    return _catalogue(ending, "theme", name)


def hvd(ending: str) -> Response:
    """Give the high-value datasets."""
    return _catalogue(ending, "hvd")


def dataset(reference: str, ending: str) -> Response:
    """Give one dataset, by its id or its name."""
    return pages.dataset(reference, _format(ending))


def negotiated() -> Response:
    """Give the whole catalogue in the format that the client prefers, Turtle without preference."""
    best = tk.request.accept_mimetypes.best_match(_OFFERED) or _OFFERED[0]
    answer = _catalogue(_NEGOTIATED[best].ending, "whole")
    answer.vary.add("Accept")
    return answer


def _catalogue(ending: str, kind: str, name: str = "") -> Response:
    wanted = _format(ending)
    scope = asking.scope(kind, name)
    return pages.catalogue(scope, wanted, asking.question(scope, tk.request.args))


def _format(ending: str) -> Format:
    if ending not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        raise RefusedError(404, tk._("The catalogue has no such format. It has: {formats}.").format(formats=known))
    return FORMATS[ending]


def _add(rule: str, name: str, view: object) -> None:
    feeds.add_url_rule(rule, name, view)  # pyright: ignore[reportArgumentType]


_add("/catalog.<ending>", "whole", whole)
_add("/catalog", "negotiated", negotiated)
_add("/organization/<name>/catalog.<ending>", "organization", organization)
_add("/theme/<name>/catalog.<ending>", "theme", theme)
_add("/hvd/catalog.<ending>", "hvd", hvd)
_add("/dataset/<reference>.<ending>", "dataset", dataset)
_add("/dataset_series/<reference>.<ending>", "series", dataset)
feeds.register_error_handler(RefusedError, answers.refused)
