"""How states and verdicts look, beside the words of :mod:`ckanext.ca3b.harvesting.reports`, and what a button says."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvesting.model import RUNNING

#: Icon and colour class of each state of a run; a word always goes with them.
RUNS: dict[str, tuple[str, str]] = {
    "waiting": ("fa-hourglass-half", "waiting"),
    "reading": ("fa-spinner", "waiting"),
    "planning": ("fa-spinner", "waiting"),
    "applying": ("fa-spinner", "waiting"),
    "held": ("fa-hand", "late"),
    "done": ("fa-check-circle", "on-time"),
    "unchanged": ("fa-check-circle", "on-time"),
    "failed": ("fa-circle-xmark", "refused"),
    "interrupted": ("fa-circle-xmark", "refused"),
    "cancelled": ("fa-minus", "quiet"),
}
#: Icon and colour class of what becomes of a record.
VERDICTS: dict[str, tuple[str, str]] = {
    "added": ("fa-plus", "on-time"),
    "changed": ("fa-pen", "on-time"),
    "returned": ("fa-rotate-left", "on-time"),
    "unchanged": ("fa-equals", "quiet"),
    "vanished": ("fa-eye-slash", "late"),
    "archived": ("fa-box-archive", "late"),
    "review": ("fa-user-check", "waiting"),
    "conflicting": ("fa-scale-balanced", "late"),
    "refused": ("fa-ban", "refused"),
    "failed": ("fa-triangle-exclamation", "refused"),
}
#: The pages where what a source waits for is done: the endpoint, and whether it is the page of a run.
_PLACES = {
    "held": "run",
    "failed": "run",
    "interrupted": "run",
    "incomplete": "run",
    "refused": "run",
    "review": "run",
    "vanished": "run",
    "conflict": "conflicts",
    "write": "run",
    "draft": "preview",
    "overdue": "source",
}
#: The filter of the report that shows what is spoken of.
_FILTERS = {"refused": "refused", "review": "review", "vanished": "vanished"}


def look(table: dict[str, tuple[str, str]], code: str) -> dict[str, str]:
    """Return the ``icon`` and the colour class ``css`` of a code."""
    icon, css = table.get(code, ("fa-circle-question", "quiet"))
    return {"icon": icon, "css": css}


def source_state(source: dict[str, Any]) -> dict[str, str]:
    """Return where a source stands: ``label``, ``icon``, ``css``; what stops it comes before what goes on."""
    last = source.get("last_run") or {}
    state = last.get("state", "")
    if source.get("state") == "draft":
        found = (tk._("Draft, to be approved"), "fa-pen", "waiting")
    elif state in RUNNING:
        found = (tk._("Harvest going on"), "fa-spinner", "waiting")
    elif state == "held":
        found = (tk._("Waits for your decision"), "fa-hand", "late")
    elif state in {"failed", "interrupted"}:
        found = (tk._("Last harvest failed"), "fa-circle-xmark", "refused")
    elif source.get("state") == "paused":
        found = (tk._("Paused"), "fa-pause", "quiet")
    elif not last:
        found = (tk._("Never harvested"), "fa-clock", "waiting")
    elif source.get("needs"):
        found = (tk._("To look at"), "fa-circle-exclamation", "late")
    else:
        found = (tk._("Up to date"), "fa-check-circle", "on-time")
    return dict(zip(("label", "icon", "css"), found, strict=True))


def todo(source: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a source waits for, worst first, as ``todo.html`` shows it: ``{source, need}``."""
    return [{"source": source, "need": one} for one in source["needs"]]


def need(source: dict[str, Any], said: dict[str, Any]) -> dict[str, str]:
    """Return the button that answers what a source waits for: ``label`` and ``url``."""
    code = said["code"]
    place = _PLACES.get(code, "source")
    run_id = said.get("run_id") or (source.get("last_run") or {}).get("id")
    if place == "run" and run_id:
        chosen = {"verdict": _FILTERS[code]} if code in _FILTERS else {}
        url = tk.url_for("ca3b_harvest.run", run_id=run_id, **chosen)
    elif place == "conflicts":
        url = tk.url_for("ca3b_harvest.conflicts")
    else:
        endpoint = "preview" if place == "preview" else "source"
        url = tk.url_for(f"ca3b_harvest.{endpoint}", name=source["name"])
    return {"label": _button(code), "url": url}


def _button(code: str) -> str:
    return {
        "held": tk._("See and decide"),
        "failed": tk._("See what happened"),
        "interrupted": tk._("See what happened"),
        "draft": tk._("See the preview and approve"),
        "review": tk._("Review these datasets"),
        "conflict": tk._("Settle"),
    }.get(code, tk._("Look"))
