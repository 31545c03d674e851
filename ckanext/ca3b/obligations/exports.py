"""The obligations as plain values: what the actions answer, what the CSV and JSON files hold."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.tables.writing import neutralised

from . import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .core import Duty, Line

COLUMNS = (
    "code_insee", "siren", "organisme", "habitants", "agents_etp", "obligation", "intitule", "concerne", "pourquoi",
    "etat", "jeux_de_donnees", "adresses", "en_retard_parce_que", "textes",
)  # fmt: skip
#: The rule is that of ``neutralised``, asked only of what begins as a formula may.
_SIGNS = set("=+-@\t\r\n＝＋－＠")
_APPLIES = {"yes": "oui", "no": "non", "unknown": "à préciser"}


def as_dict(line: Line) -> dict[str, Any]:
    """Return a line of the dashboard as plain values."""
    body = line.body
    return {
        "key": body.key,
        "kind": body.kind,
        "name": body.name,
        "title": body.title,
        "siren": body.siren,
        "municipal_population": body.municipal,
        "total_population": body.total,
        "agents": body.agents,
        "counts": dict(line.counts),
        "duties": [_duty(duty) for duty in line.duties],
    }


def rows(lines: Iterable[Line]) -> str:
    """Return the lines as CSV, one row per body and duty; French headers, UTF-8 text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines:
        for duty in line.duties:
            writer.writerow([_cell(value) for value in _row(line, duty)])
    return out.getvalue()


def _duty(duty: Duty) -> dict[str, Any]:
    rule = duty.rule
    return {
        "code": rule.code,
        "title": rule.title,
        "asks": rule.asks,
        "texts": [{"name": one.name, "article": one.article, "url": one.url, "note": one.note} for one in rule.texts],
        "applies": duty.applies,
        "why": duty.why,
        "state": duty.state,
        "datasets": [
            {
                "id": one.dataset.id,
                "name": one.dataset.name,
                "title": one.dataset.title,
                "updated": one.dataset.updated.isoformat() if one.dataset.updated else None,
                "found_by": one.ground,
                "late": one.late,
            }
            for one in duty.found
        ],
        "advice": duty.advice,
    }


def _row(line: Line, duty: Duty) -> list[Any]:
    body = line.body
    return [
        body.key if body.kind == "commune" else "",
        body.siren,
        body.title,
        body.municipal,
        body.agents,
        duty.rule.code,
        duty.rule.title,
        _APPLIES[duty.applies],
        duty.why,
        words.state(duty.state),
        " | ".join(one.dataset.title for one in duty.found),
        " | ".join(tk.url_for("dataset.read", id=one.dataset.name, _external=True) for one in duty.found),
        " | ".join(one.late for one in duty.found if one.late),
        " | ".join(f"{one.name}, {one.article} : {one.url}" for one in duty.rule.texts),
    ]


def _cell(value: Any) -> Any:
    """Keep a spreadsheet from running what somebody wrote in a title."""
    if isinstance(value, str):
        return neutralised(value) if value[:1] in _SIGNS else value
    return "" if value is None else value
