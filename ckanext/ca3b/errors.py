"""What an error page says: what happened and what to do, in the words of the portal."""

from __future__ import annotations

from http.client import CONFLICT

import ckan.plugins.toolkit as tk
from flask import Response, make_response
from werkzeug.exceptions import default_exceptions

from ckanext.dcat.utils import CONTENT_TYPES


def words(code: int | list[int], detail: str | None = None) -> dict[str, str]:
    """Return the ``code``, ``title``, ``text`` and ``detail`` of the page of an HTTP error.

    :param code: as CKAN gives it, a number or a list of one.
    :param detail: what the page that failed said; the web library's own English sentences are dropped.
    """
    number = code[0] if isinstance(code, list) else code
    title, text = _texts().get(
        number, (tk._("This page cannot be shown"), tk._("The request could not be understood. Check the address."))
    )
    standard = default_exceptions.get(number)
    library = {standard.description if standard else None, "Internal server error"}
    return {"code": str(number), "title": title, "text": text, "detail": "" if detail in library else str(detail or "")}


def refuse_unknown_export() -> None:
    """Answer 404 to an export in a format that does not exist (« /catalog.foo »): ckanext-dcat fails with a 500."""
    asked = (tk.request.view_args or {}).get("_format")
    if tk.request.blueprint == "dcat" and asked and asked not in CONTENT_TYPES:
        tk.abort(404)


def wrong_export(response: Response) -> Response:
    """Answer 400 to an export whose parameters cannot be read: ckanext-dcat says 409, in English.

    Run on every answer, because CKAN keeps the handlers of HTTP errors for itself.
    """
    if tk.request.blueprint != "dcat" or response.status_code != CONFLICT:
        return response
    sentence = tk._(
        "This address of the catalogue cannot be read: “page” is a number from 1, “modified_since” a date, "
        "“profiles” names known profiles."
    )
    page = tk.render("error_document_template.html", {"code": 400, "content": sentence})
    return make_response(page, 400)


def unreadable_search(error: Exception) -> tuple[str, int]:  # noqa: ARG001
    """Answer 400 to a query that the search cannot read where nothing else does, as on « /catalog.ttl?q= »."""
    return tk.render("error_document_template.html", {"code": 400, "content": ""}), 400


def _texts() -> dict[int, tuple[str, str]]:
    return {
        403: (
            tk._("You may not see this page"),
            tk._("It is reserved to the people who publish it. Sign in with the account that has this right."),
        ),
        404: (
            tk._("This page does not exist"),
            tk._("It was removed, renamed, or never was. Search for what you wanted to find."),
        ),
        413: (tk._("This file is too big"), tk._("Send a smaller or a compressed file.")),
        429: (tk._("Too many requests"), tk._("Wait a minute, then try again.")),
        500: (
            tk._("The portal met a problem"),
            tk._("It comes from us, not from you. Try again in a few minutes."),
        ),
        503: (tk._("The portal is not available"), tk._("Try again in a few minutes.")),
    }
