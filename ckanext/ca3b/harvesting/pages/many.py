"""Many sources by one spreadsheet: a model to fill in, all of its lines or none."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting import refusals
from ckanext.ca3b.harvesting.actions.many import COLUMNS

from .frame import act, context, csv_file, pages, sign_in_first

#: A file larger than this is not a list of sources.
MOST_BYTES = 1_000_000


@pages.route("/lot", endpoint="batch")
def show(errors: list[str] | None = None) -> Any:
    """Show how to add many sources."""
    if refused := sign_in_first():
        return refused
    _allowed()
    return tk.render("ca3b/harvesting/batch.html", {"errors": errors or []})


@pages.route("/lot", endpoint="batch_send", methods=["POST"])
def send() -> Any:
    """Make a draft of each line, or say what is wrong in which."""
    file = tk.request.files.get("file")
    content = file.read(MOST_BYTES + 1) if file and file.filename else b""
    if not content:
        return show([tk._("Choose the CSV file of the sources.")]), HTTPStatus.BAD_REQUEST
    if len(content) > MOST_BYTES:
        return show([tk._("This file is too big to be a list of sources.")]), HTTPStatus.BAD_REQUEST
    try:
        made = act("ca3b_harvest_source_create_many", {"csv": content})
    except tk.ValidationError as error:
        return show([one for messages in refusals.by_field(error).values() for one in messages]), HTTPStatus.BAD_REQUEST
    count = len(made["created"])
    words = tk.ungettext(
        "{number} draft is added. Look at its preview, then say yes.",
        "{number} drafts are added. Look at their previews, then say yes.",
        count,
    )
    tk.h.flash_success(words.format(number=tk.h.ca3b_number(count)))
    return tk.redirect_to("ca3b_harvest.board")


@pages.route("/lot/modele.csv", endpoint="batch_model")
def model() -> Any:
    """Give the model: a line per commune, the address to fill in."""
    if refused := sign_in_first():
        return refused
    _allowed()
    rows = [
        ("", commune.insee_code, "", tk._("Open data of {name}").format(name=commune.name), "", "")
        for commune in tk.h.ca3b_communes()
    ]
    return csv_file("sources.csv", COLUMNS, rows)


def _allowed() -> None:
    try:
        tk.check_access("ca3b_harvest_source_create_many", context(), {})
    except tk.NotAuthorized as refusal:
        tk.abort(403, str(refusal))
