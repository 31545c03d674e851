"""What the page of one file shows to the DPO, gathered from the actions and put in words."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model as ckan_model

from ckanext.ca3b import files, formatting
from ckanext.ca3b.privacy import config, model
from ckanext.ca3b.privacy.clerk import advice
from ckanext.ca3b.privacy.clerk import words as clerk_words
from ckanext.ca3b.tables import TableError

from . import cells, queue, words

SHOWN_ROWS = 10
# Shapes of values ask that the file be read: above this many times the size done at once, none is shown.
_SHAPES = 10


def states() -> dict[str, str]:
    """Return what people read for each state of the queue."""
    return {
        queue.WAITING: tk._("Waiting for you"),
        queue.ASKED: tk._("Treatment asked for"),
        queue.REFUSED: tk._("Refused"),
        queue.CLOSED: tk._("Closed"),
        queue.AUTHORISED: tk._("Authorised"),
    }


def state_words(gate: dict[str, Any]) -> dict[str, str]:
    """Return ``{words, icon, css}`` of where a file stands, from what ``ca3b_gate_show`` says."""
    decision = gate.get("decision") or {}
    if gate["open"]:
        authorised = decision.get("kind") == model.AUTHORISE
        said = tk._("Authorised by the DPO") if authorised else tk._("Published")
        return {"words": said, "icon": "fa-check-circle", "css": "on-time"}
    words_, icon, css = {
        "scanning": (tk._("Being examined"), "fa-hourglass-half", "waiting"),
        "held": (tk._("Waits for your decision"), "fa-hourglass-half", "waiting"),
        "treatment_asked": (tk._("Treatment asked for"), "fa-pen", "late"),
        "refused": (tk._("Refused"), "fa-lock", "late"),
        "closed": (tk._("Closed"), "fa-lock", "late"),
        "unreadable": (tk._("Could not be examined"), "fa-lock", "late"),
    }.get(gate["state"], (tk._("Held"), "fa-lock", "late"))
    return {"words": words_, "icon": icon, "css": css}


def of_file(
    found: dict[str, Any], errors: dict[str, Any], given: dict[str, str], shown: dict[str, Any] | None
) -> dict[str, Any]:
    """Return what the template needs.

    :param found: what ``ca3b_dpo_file_show`` gives.
    :param errors: what a form was refused for, by field.
    :param given: what was written in the form, to be written there again.
    :param shown: the value to show, ``{finding, row, value}``, or None.
    """
    resource = ckan_model.Resource.get(found["resource_id"])
    dataset = ckan_model.Package.get(resource.package_id) if resource else None
    organization = ckan_model.Group.get(dataset.owner_org) if dataset and dataset.owner_org else None
    if resource is None or dataset is None:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    scan = found["scan"] or {}
    finished = scan.get("state") in {model.DONE, model.UNREADABLE, model.FAILED}
    findings = _findings(scan, resource, shown) if finished else []
    return {
        "gate": found,
        "state": state_words(found),
        "scan": scan,
        "finished": finished,
        "resource": resource,
        "dataset": dataset,
        "organization": organization,
        "name": resource.name or scan.get("filename") or resource.id,
        "link": resource.url_type != "upload",
        "held": [one for one in findings if one["decision"] != "pass"],
        "cleared": [one for one in findings if one["decision"] == "pass"],
        "advice": _advice(resource.id, found.get("sha256")),
        "decisions": [_decision(one) for one in found["decisions"]],
        "errors": errors,
        "given": given,
        "kinds": [(one, words.kind(one)) for one in (model.AUTHORISE, model.REFUSE, model.ASK_TREATMENT)],
    }


def _advice(resource_id: str, sha256: str | None) -> dict[str, Any] | None:
    """Return ``{at, actor (as people know them), ground_words}`` of the request of advice about these bytes."""
    asked = advice.request(resource_id, sha256)
    if asked is None:
        return None
    account = ckan_model.User.get(asked["actor"])
    name = account.display_name if account else asked["actor"]
    return {**asked, "actor": name, "ground_words": words.ground(asked["ground"])}


def _findings(scan: dict[str, Any], resource: Any, shown: dict[str, Any] | None) -> list[dict[str, Any]]:
    found = [_finding(number, one, scan) for number, one in enumerate(scan["findings"])]
    if shown:
        for row in found[shown["finding"]]["places"]:
            if row["row"] == shown["row"]:
                row["value"] = shown["value"]
                break
        else:
            place = {"row": shown["row"], "line": None, "value": shown["value"], "shape": ""}
            found[shown["finding"]]["places"].append(place)
    _add_shapes(found, scan, resource)
    return sorted(found, key=lambda one: (one["decision"] != "block", one["decision"] != "review", one["number"]))


def _finding(number: int, finding: dict[str, Any], scan: dict[str, Any]) -> dict[str, Any]:
    lines = finding.get("lines") or []
    rows = list(cells.rows_of(finding, scan.get("rows")))
    places = [
        {"row": row, "line": lines[place] if len(lines) == len(rows) else None, "value": None, "shape": ""}
        for place, row in enumerate(rows[:SHOWN_ROWS])
    ]
    return {
        "number": number,
        "column": finding["column"],
        "where": finding.get("where"),
        "category": finding["category"],
        "label": words.category(finding["category"]),
        "article": words.article(finding["category"]),
        "decision": finding["decision"],
        "decision_words": words.scan_decision(finding["decision"]),
        "reason": finding["reason"],
        "certainty": clerk_words.certainty(float(finding.get("certainty") or 0)),
        "percent": formatting.number(round(100 * float(finding.get("certainty") or 0))),
        "extent": clerk_words.extent(finding, scan.get("rows")),
        "lines": clerk_words.places(finding),
        "places": places,
        "more": max(0, len(rows) - len(places)),
    }


def _add_shapes(found: list[dict[str, Any]], scan: dict[str, Any], resource: Any) -> None:
    """Write the shape of each value that is not shown: « ••••@•••••.•• »; none when the file is too large to ask."""
    if resource.url_type != "upload" or (scan.get("size") or 0) > _SHAPES * config.inline_size():
        return
    wanted = [(one, [place["row"] for place in one["places"]]) for one in found if one["decision"] != "pass"]
    asked = {name: getattr(resource, name) for name in ("id", "package_id", "url", "url_type", "hash")}
    try:
        with files.local_copy(asked) as path:
            values = cells.read(path, scan["filename"], wanted)
    except (files.MissingFileError, TableError):
        return
    for (one, _), cell in zip(wanted, values, strict=True):
        # What is beside the tables (comments, properties) has no rows that can be shown.
        one["places"] = [place for place in one["places"] if place["row"] in cell or place["value"]]
        for place in one["places"]:
            place["shape"] = cells.masked(cell.get(place["row"], ""))


def _decision(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "words": words.kind(one["kind"]), "ground_words": words.ground(one["ground"])}
