"""Adding a source: an address or a spreadsheet, its preview, then a yes; nothing is published before."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting import refusals

from . import forms
from .choices import choices
from .frame import act, pages, sign_in_first

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

#: Datasets shown before anything is decided.
SHOWN = 10


@pages.route("/ajouter", endpoint="add")
def start() -> Any:
    """Ask for an address or a spreadsheet."""
    if refused := sign_in_first():
        return refused
    return _form({}, {})


@pages.route("/ajouter", endpoint="look", methods=["POST"])
def look() -> Any:
    """Read the beginning of what was given, and show it."""
    if refused := sign_in_first():
        return refused
    given = forms.source(tk.request.form)
    file = tk.request.files.get("upload")
    if file and file.filename:
        return _draft(file, given)
    if not given.get("address"):
        return _form({"address": [tk._("Paste the address of the catalogue, or choose a spreadsheet.")]}, given)
    return _preview(given)


@pages.route("/creer", endpoint="create", methods=["POST"])
def create() -> Any:
    """Keep the source, and harvest it when the operator says yes."""
    given = forms.source(tk.request.form)
    try:
        made = act("ca3b_harvest_source_create", given)
    except tk.ValidationError as error:
        return _preview(given, refusals.by_field(error))
    return decide(made)


def decide(source: dict[str, Any]) -> Any:
    """Approve a source and harvest it, or leave it as a draft, as the form says."""
    if tk.request.form.get("decision") != "yes":
        tk.h.flash_success(tk._("The source is kept as a draft: nothing is published."))
        return tk.redirect_to("ca3b_harvest.source", name=source["name"])
    act("ca3b_harvest_source_approve", {"id": source["id"]})
    run = act("ca3b_harvest_run_start", {"id": source["id"]})
    tk.h.flash_success(tk._("The source is approved, and its first harvest begins."))
    return tk.redirect_to("ca3b_harvest.run", run_id=run["id"])


def with_recognised(given: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return what a form holds, completed by what the preview recognised."""
    commune, organization = found.get("commune") or {}, found.get("organization") or {}
    recognised = {
        "title": found.get("title") or "",
        "kind": found.get("kind") or "",
        "commune": commune.get("code") or "",
        "owner_org": organization.get("id") or "",
    }
    return {**given, **{name: given.get(name) or value for name, value in recognised.items()}}


def _preview(given: dict[str, Any], errors: dict[str, list[str]] | None = None) -> Any:
    asked = {"address": given["address"], "kind": given.get("kind") or "", "limit": SHOWN}
    try:
        found = act("ca3b_harvest_preview", asked)
    except tk.ValidationError as error:
        return _form(refusals.by_field(error), given)
    offered = choices()
    values = forms.given({}, offered["defaults"]) | with_recognised(given, found) | given.get("settings", {})
    return (
        tk.render(
            "ca3b/harvesting/preview.html",
            {"found": found, "given": values, "errors": errors or {}, "choices": offered, "source": None},
        ),
        HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK,
    )


def _draft(file: FileStorage, given: dict[str, Any]) -> Any:
    """Keep a spreadsheet as a draft: its bytes must be somewhere until the operator says yes."""
    try:
        found = act("ca3b_harvest_preview", {"upload": file, "kind": "", "limit": SHOWN})
        file.stream.seek(0)
        known = with_recognised({"owner_org": given.get("owner_org", "")}, found)
        if not known["owner_org"]:
            told = tk._("The file does not tell whose data it is. Choose the organisation, then the file again.")
            return _form({"owner_org": [told]}, given)
        known["title"] = known["title"] or (file.filename or "").rsplit(".", 1)[0]
        made = act("ca3b_harvest_source_create", {**known, "upload": file, "schedule": "manual"})
    except tk.ValidationError as error:
        return _form(refusals.by_field(error), given)
    return tk.redirect_to("ca3b_harvest.preview", name=made["name"])


def _form(errors: dict[str, list[str]], given: dict[str, Any]) -> Any:
    act("ca3b_harvest_board")
    return (
        tk.render("ca3b/harvesting/add.html", {"errors": errors, "given": given, "choices": choices()}),
        HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK,
    )
