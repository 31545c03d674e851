"""One source: what it is, its runs, its settings, and the buttons that act on it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting import refusals

from . import adding, forms, words
from .choices import choices
from .frame import act, gesture, pages, sign_in_first

#: Runs listed on the page of a source.
RUNS = 20


@pages.route("/sources/<name>", endpoint="source")
def show(name: str) -> Any:
    """Show a source and its runs."""
    if refused := sign_in_first():
        return refused
    source = act("ca3b_harvest_source_show", {"id": name})
    runs = act("ca3b_harvest_run_list", {"source_id": source["id"], "limit": RUNS})
    offered = choices()
    return tk.render(
        "ca3b/harvesting/source.html",
        {
            "source": source,
            "todo": words.todo(source),
            "runs": runs,
            "choices": offered,
            "given": forms.given(source, offered["defaults"]),
            "address": _letter(source),
        },
    )


@pages.route("/sources/<name>/apercu", endpoint="preview")
def preview(name: str) -> Any:
    """Show what a draft would bring."""
    if refused := sign_in_first():
        return refused
    return _preview(act("ca3b_harvest_source_show", {"id": name}), {})


@pages.route("/sources/<name>/approuver", endpoint="approve", methods=["POST"])
def approve(name: str) -> Any:
    """Keep what the operator corrected of a draft, and harvest it when they say yes."""
    source = act("ca3b_harvest_source_show", {"id": name})
    try:
        changed = act("ca3b_harvest_source_update", {"id": source["id"], **forms.source(tk.request.form)})
    except tk.ValidationError as error:
        return _preview(source, refusals.by_field(error)), HTTPStatus.BAD_REQUEST
    return adding.decide(changed)


@pages.route("/sources/<name>/reglages", endpoint="settings")
def settings(name: str) -> Any:
    """Show the settings of a source."""
    if refused := sign_in_first():
        return refused
    return _settings(act("ca3b_harvest_source_show", {"id": name}), {}, {})


@pages.route("/sources/<name>/reglages", endpoint="change", methods=["POST"])
def change(name: str) -> Any:
    """Change the settings of a source."""
    source = act("ca3b_harvest_source_show", {"id": name})
    given = forms.source(tk.request.form)
    file = tk.request.files.get("upload")
    try:
        data = {"id": source["id"], **given} | ({"upload": file} if file and file.filename else {})
        changed = act("ca3b_harvest_source_update", data)
    except tk.ValidationError as error:
        return _settings(source, given | given.get("settings", {}), refusals.by_field(error)), HTTPStatus.BAD_REQUEST
    tk.h.flash_success(tk._("The settings are kept: the next harvest follows them."))
    return tk.redirect_to("ca3b_harvest.source", name=changed["name"])


@pages.route("/sources/<name>/moissonner", endpoint="start", methods=["POST"])
def start(name: str) -> Any:
    """Harvest now, or only make the plan of what a harvest would do."""
    only_plan = tk.request.form.get("only_plan") == "yes"
    try:
        run = act("ca3b_harvest_run_start", {"id": name, "only_plan": only_plan})
    except tk.ValidationError as error:
        tk.h.flash_error(refusals.sentence(error))
        return tk.redirect_to("ca3b_harvest.source", name=name)
    return tk.redirect_to("ca3b_harvest.run", run_id=run["id"])


@pages.route("/sources/<name>/pause", endpoint="pause", methods=["POST"])
def pause(name: str) -> Any:
    """Stop harvesting a source until told otherwise."""
    return _gesture(name, "ca3b_harvest_source_pause", tk._("The source is paused: its datasets stay as they are."))


@pages.route("/sources/<name>/reprendre", endpoint="resume", methods=["POST"])
def resume(name: str) -> Any:
    """Harvest a paused source again at its hours."""
    return _gesture(name, "ca3b_harvest_source_resume", tk._("The source is harvested again at its hours."))


@pages.route("/sources/<name>/adresse-du-rapport", endpoint="renew", methods=["POST"])
def renew(name: str) -> Any:
    """Change the secret address of the report: the former one opens nothing any more."""
    act("ca3b_harvest_source_update", {"id": name, "new_report_key": True})
    tk.h.flash_success(tk._("The report has a new address; the former one opens nothing any more."))
    return tk.redirect_to("ca3b_harvest.source", name=name)


@pages.route("/sources/<name>/supprimer", endpoint="delete", methods=["POST"])
def delete(name: str) -> Any:
    """Forget a source; its datasets stay."""
    if tk.request.form.get("sure") != "yes":
        tk.h.flash_error(tk._("Tick the box to confirm that this source is to be forgotten."))
        return tk.redirect_to("ca3b_harvest.source", name=name)
    act("ca3b_harvest_source_delete", {"id": name})
    tk.h.flash_success(tk._("The source is forgotten. Its datasets stay on the portal, and nothing updates them."))
    return tk.redirect_to("ca3b_harvest.board")


def _gesture(name: str, action: str, done: str) -> Any:
    gesture(action, {"id": name}, done)
    return tk.redirect_to("ca3b_harvest.source", name=name)


def _preview(source: dict[str, Any], errors: dict[str, list[str]]) -> Any:
    found, problems = None, dict(errors)
    try:
        found = act("ca3b_harvest_preview", {"id": source["id"], "limit": adding.SHOWN})
    except tk.ValidationError as error:
        problems |= refusals.by_field(error)
    offered = choices()
    values = forms.given(source, offered["defaults"])
    if found:
        values = adding.with_recognised(values, found)
    return tk.render(
        "ca3b/harvesting/preview.html",
        {"found": found, "given": values, "errors": problems, "choices": offered, "source": source},
    )


def _settings(source: dict[str, Any], given: dict[str, Any], errors: dict[str, list[str]]) -> Any:
    offered = choices()
    values = forms.given(source, offered["defaults"]) | given
    return tk.render(
        "ca3b/harvesting/settings.html", {"source": source, "given": values, "errors": errors, "choices": offered}
    )


def _letter(source: dict[str, Any]) -> str:
    """Return the whole address of the report that a commune can be sent, '' for who may not know it."""
    key = source.get("report_key")
    return tk.url_for("ca3b_harvest.letter", key=key, qualified=True) if key else ""
