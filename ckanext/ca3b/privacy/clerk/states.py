"""Where a file stands, in the words that the whole portal uses."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

OPEN = "open"


def state(gate: dict[str, Any], dataset: dict[str, Any] | None = None) -> dict[str, str]:
    """Return ``{name, words, icon, css}`` of a file from what ``ca3b_gate_show`` says of it.

    ``name`` is ``open``, ``authorised``, ``scanning``, ``waiting`` (the DPO must look), ``held`` (the clerk must act),
    ``fix`` (the DPO asked for a treatment), ``refused``, ``closed`` or ``unreadable``.
    """
    name = _name(gate)
    public = bool(dataset) and dataset.get("state") == "active" and not dataset.get("private")
    ready = tk._("Published") if public else tk._("Ready to publish")
    words, icon, css = {
        OPEN: (ready, "fa-check-circle", "on-time"),
        "authorised": (tk._("Authorised by the DPO"), "fa-check-circle", "on-time"),
        "scanning": (tk._("Being examined"), "fa-hourglass-half", "waiting"),
        "waiting": (tk._("Waits for the DPO"), "fa-hourglass-half", "waiting"),
        "held": (tk._("Held"), "fa-lock", "late"),
        "fix": (tk._("To be corrected"), "fa-pen", "late"),
        "refused": (tk._("Held"), "fa-lock", "refused"),
        "closed": (tk._("Held"), "fa-lock", "refused"),
        "unreadable": (tk._("Held"), "fa-lock", "refused"),
    }[name]
    return {"name": name, "words": words, "icon": icon, "css": css}


def advice(name: str) -> str:
    """Return what the people of a file may do about it, in a few words; '' when there is nothing to do."""
    return {
        "scanning": tk._("Personal data is being looked for: nothing to do."),
        "waiting": tk._("It may show personal data: see which, and what can be done."),
        "held": tk._("It shows personal data: correct it in a few clicks."),
        "fix": tk._("The DPO asks that it be corrected before it is public."),
        "refused": tk._("The DPO refused that it be published as it is."),
        "closed": tk._("The DPO closed it."),
        "unreadable": tk._("It could not be examined: put another one in its place."),
    }.get(name, "")


def is_unexamined(name: str, scan: dict[str, Any]) -> bool:
    """Tell whether a file is kept closed only because nobody could look into it: there is nothing to correct."""
    found = any(one["decision"] != "pass" for one in scan.get("findings") or [])
    return name == "unreadable" or (name in {"waiting", "held"} and not found)


def _name(gate: dict[str, Any]) -> str:
    found, scan, decision = str(gate.get("state")), gate.get("scan") or {}, gate.get("decision") or {}
    if gate.get("open"):
        return "authorised" if decision.get("kind") == "authorise" else OPEN
    if found == "treatment_asked":
        return "fix"
    if found == "held":
        return "held" if scan.get("decision") == "block" else "waiting"
    if found == "missing":
        return "unreadable"
    return found if found in {"scanning", "refused", "closed", "unreadable"} else "held"
