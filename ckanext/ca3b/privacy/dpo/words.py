"""The words of the DPO's pages: events of the register, decisions, what a line says in one sentence."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.privacy import model
from ckanext.ca3b.rgpd import DETECTORS
from ckanext.ca3b.rgpd.grounds import grounds


def events() -> dict[str, str]:
    """Return the kinds of lines of the register, by code, in the order of the filter."""
    return {
        "scan": tk._("Examination"),
        "decision": tk._("Decision"),
        "reveal": tk._("Value shown"),
        "treatment": tk._("Treatment"),
        "takedown_request": tk._("Alert of a citizen"),
        "alert_handled": tk._("Alert handled"),
        "close": tk._("Closure"),
        "reopen": tk._("Reopening"),
        "rescan": tk._("New examination"),
        "notify": tk._("E-mail sent"),
        "original_deleted": tk._("Original deleted"),
        "export": tk._("Export of the register"),
    }


def event(code: str) -> str:
    """Return what people read for a kind of line; an unknown code is shown as it is."""
    return events().get(code, code)


def kind(code: str) -> str:
    """Return what people read for a decision."""
    return {
        model.AUTHORISE: tk._("Publication authorised"),
        model.REFUSE: tk._("Publication refused"),
        model.ASK_TREATMENT: tk._("Treatment asked for"),
        model.CLOSE: tk._("File closed"),
        model.REOPEN: tk._("File reopened"),
    }.get(code, code)


def ground(code: str | None) -> str:
    """Return a lawful ground with its article, '' for none."""
    found = grounds().get(code or "")
    return f"{found.label} ({found.article})" if found else code or ""


def category(code: str) -> str:
    """Return the label of a category of personal data."""
    return DETECTORS[code].label if code in DETECTORS else code


def article(code: str) -> str:
    """Return the legal source that a category of personal data rests on, '' for an unknown one."""
    return DETECTORS[code].ground if code in DETECTORS else ""


def scan_decision(code: str | None) -> str:
    """Return what a scan concluded of a finding or of a file."""
    return {
        "block": tk._("Must not be published as it is"),
        "review": tk._("To be judged by the DPO"),
        "pass": tk._("May be published"),
    }.get(code or "", "")


# Ids and marks that the verification needs and that tell people nothing.
_PLUMBING = frozenset({"signed", "scan", "held", "remote", "alert", "finding", "examined", "ended", "code", "where"})


def line(details: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the details of a line of the register as (label, text), those that people know first."""
    labels = {
        "kind": tk._("What"),
        "ground": tk._("Legal ground"),
        "reason": tk._("Reason"),
        "policy": tk._("Policy"),
        "engine": tk._("Version of the examination"),
        "state": tk._("State"),
        "decision": tk._("Conclusion"),
        "found": tk._("Found"),
        "rows": tk._("Rows read"),
        "column": tk._("Column"),
        "row": tk._("Row"),
        "line": tk._("Line of the file"),
        "category": tk._("Category"),
        "mail": tk._("E-mail"),
        "to": tk._("To"),
        "files": tk._("Files"),
        "closed": tk._("Closed files"),
    }
    shown = {key: value for key, value in details.items() if value not in (None, "", [], {}) and key not in _PLUMBING}
    known = [(labels[key], _text(key, shown[key])) for key in labels if key in shown]
    return known + [(key, _text(key, value)) for key, value in shown.items() if key not in labels]


def _text(key: str, value: Any) -> str:
    known = {"ground": ground, "kind": kind, "category": category, "decision": scan_decision, "state": _state}.get(key)
    if known and (said := known(str(value))):
        return said
    if key == "found" and isinstance(value, list):
        return ", ".join(f"{one['column']} ({category(one['category'])}, {one['count']})" for one in value)
    if isinstance(value, list):
        return ", ".join(_text("", one) for one in value)
    if isinstance(value, dict):
        return " ; ".join(f"{name}\u00a0: {_text(name, one)}" for name, one in value.items() if one not in (None, ""))
    return str(value)


def _state(code: str) -> str:
    return {
        "done": tk._("examined"),
        "unreadable": tk._("could not be read"),
        "failed": tk._("could not be examined"),
    }.get(code, code)
