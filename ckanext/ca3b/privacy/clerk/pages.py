"""What the clerk's page shows, computed once for the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan import types

from ckanext.ca3b import downloads, formatting
from ckanext.ca3b.privacy import config
from ckanext.ca3b.privacy.remedies import originals
from ckanext.ca3b.rgpd import DETECTORS
from ckanext.ca3b.rgpd.grounds import grounds

from . import advice, choices, measures, states, words

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Remedies shown at once for a column; the others wait behind a line.
SHOWN = 3


@frozen
class Seen:
    """A file as the clerk finds it: what the gate says, and what was found with what can be done, in groups.

    A group is ``{columns, found, options, by_hand, where, serious}``: columns that one choice treats together.
    """

    dataset: dict[str, Any]
    resource: dict[str, Any]
    gate: dict[str, Any]
    groups: list[dict[str, Any]]
    problems: list[str]


def look(dataset: dict[str, Any], resource: dict[str, Any], gate: dict[str, Any]) -> Seen:
    """Put together what was found in a file and what can be done about it."""
    scan = gate.get("scan") or {}
    found = [one for one in scan.get("findings") or [] if one["decision"] != "pass"]
    proposed: list[dict[str, Any]] = []
    problems: list[str] = []
    if found and resource.get("url_type") == "upload" and scan.get("state") == "done":
        try:
            proposed = tk.get_action("ca3b_remedy_propose")(_context(), {"resource_id": resource["id"]})
        except tk.ValidationError as error:
            problems = sentences(error)
    return Seen(dataset, resource, gate, list(_groups(found, proposed, scan.get("rows"))), problems)


def render(seen: Seen, chosen: choices.Chosen | None = None, problems: Iterable[str] = ()) -> str:
    """Render the page with the clerk's choices, the advised ones when None."""
    scan = seen.gate.get("scan") or {}
    at_first = chosen is None
    chosen = choices.advised(seen.groups) if chosen is None else chosen
    preview, refused = None, list[str]()
    remedies = choices.remedies(seen.groups, chosen)
    # A large file is not read again before the clerk has chosen.
    if remedies and not (at_first and int(scan.get("size") or 0) > config.inline_size()):
        preview, refused = _preview(seen, remedies, chosen.where)
    extra = {
        "dataset": seen.dataset,
        "pkg_dict": seen.dataset,
        "resource": seen.resource,
        "file_name": downloads.filename(seen.resource),
        "gate": seen.gate,
        "scan": scan,
        "state": states.state(seen.gate, seen.dataset),
        "summary": words.summary(scan.get("findings") or []),
        "groups": seen.groups,
        "chosen": chosen,
        "parts": choices.parts(seen.groups),
        "keep": choices.KEEP,
        "shown": SHOWN,
        "preview": preview,
        "measures": measures.compare(preview) if preview else [],
        "problems": [*seen.problems, *refused, *problems],
        "grounds": list(grounds().values()),
        "asked": advice.asked(seen.resource["id"], seen.gate.get("sha256")),
        "originals": originals.present(seen.resource["id"]),
        "days": config.original_days(),
    }
    return tk.render("ca3b/privacy/clerk/page.html", extra)


def applied_words(done: dict[str, Any]) -> str:
    """Return what to say once a file was treated and scanned again."""
    if done["gate"]["open"]:
        return tk._("It is done: the treated file shows no personal data any more, and nothing holds it.")
    if done["gate"]["state"] == "scanning":
        return tk._("It is done: the treated file is in place, and is being examined.")
    return tk._("It is done: the treated file is in place. Something in it is still held: see below.")


def sentences(invalid: tk.ValidationError) -> list[str]:
    """Return an error of an action as sentences."""
    return [
        str(text) for texts in invalid.error_dict.values() for text in (texts if isinstance(texts, list) else [texts])
    ]


def _preview(seen: Seen, remedies: list[dict[str, Any]], where: str | None) -> tuple[dict[str, Any] | None, list[str]]:
    asked = {
        "resource_id": seen.resource["id"],
        "sha256": seen.gate.get("sha256"),
        "remedies": remedies,
        "where": where,
    }
    try:
        found = tk.get_action("ca3b_remedy_preview")(_context(), asked)
    except tk.ValidationError as error:
        return None, sentences(error)
    # What is treated is told apart in the tables, in words and not by a colour alone.
    treated = {name for one in remedies for name in one["columns"]}
    changed = {one["column"] for one in found["lost"]["columns"] if one["changed"]}
    removed = set(found["lost"]["columns_removed"])
    marks = {name: tk._("removed") if name in removed else tk._("changed") for name in treated & (changed | removed)}
    return {**found, "marks": marks, "lost_words": _lost(found["lost"])}, []


def _lost(lost: dict[str, Any]) -> list[str]:
    said = []
    if lost["columns_removed"]:
        names = ", ".join(tk._("“{name}”").format(name=name) for name in lost["columns_removed"])
        count = len(lost["columns_removed"])
        said.append(tk.ungettext("Column removed: {names}.", "Columns removed: {names}.", count).format(names=names))
    if lost["rows_removed"]:
        count = lost["rows_removed"]
        one = tk.ungettext("{number} row removed of {rows}.", "{number} rows removed of {rows}.", count)
        said.append(one.format(number=formatting.number(count), rows=formatting.number(lost["rows"])))
    for column in lost["columns"]:
        if column["changed"] and column["column"] not in lost["columns_removed"]:
            one = tk._("“{name}”: {before} different values, {after} afterwards.")
            before, after = formatting.number(column["distinct_before"]), formatting.number(column["distinct_after"])
            said.append(one.format(name=column["column"], before=before, after=after))
    if said and (share := round(100 * float(lost["information"]))):
        said.append(tk._("In all, {percent} % of what the file told.").format(percent=formatting.number(share)))
    return said


def _groups(found: list[dict[str, Any]], proposed: list[dict[str, Any]], rows: int | None) -> Iterable[dict[str, Any]]:
    """Give what was found with what can be done, the most serious first."""
    places: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in found:
        places.setdefault((one.get("where") or "", one["column"]), []).append(one)
    made = []
    for group in proposed:
        held = [(name, places.pop((group["where"] or "", name), [])) for name in group["found"]]
        made.append(_group(held, group["where"], rows, group["columns"], group["options"]))
    # What nothing can be done about here: a link, a file that could not be read again.
    made += [_group([(column, held)], where or None, rows, [], []) for (where, column), held in places.items()]
    return sorted(made, key=lambda one: not one["serious"])


def _group(
    held: list[tuple[str, list[dict[str, Any]]]],
    where: str | None,
    rows: int | None,
    columns: list[str],
    options: list[dict[str, Any]],
) -> dict[str, Any]:
    every = [one for _, findings in held for one in findings]
    return {
        "where": where,
        "found": [{"column": name, "findings": [_finding(one, rows) for one in findings]} for name, findings in held],
        "columns": columns,
        "serious": any(one["decision"] == "block" for one in every),
        "options": [one for one in options if one["kind"] != "by_hand"],
        "by_hand": [one for one in options if one["kind"] == "by_hand"],
    }


def _finding(found: dict[str, Any], rows: int | None) -> dict[str, Any]:
    detector = DETECTORS.get(found["category"])
    return {
        "label": detector.label if detector else found["category"],
        "wrong": words.wrong(found["category"]),
        "extent": words.extent(found, rows),
        "places": words.places(found),
        "reason": found["reason"],
        "certainty": words.certainty(float(found.get("certainty") or 0)),
    }


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
