"""What a commune is told of its catalogue: the last run, and what to mend, in its own words.

The page is public for whoever holds its key: nothing of the portal's inside is told (no account, no setting, no
credential written in an address).
"""

from __future__ import annotations

from typing import Any

from ckan import model as ckan_model

from ckanext.ca3b.harvest.readers import KINDS, reader
from ckanext.ca3b.harvesting.store import sources

from . import reading, records, runs
from .words import day, get, hushed

#: Records shown; the number of those that remain is told.
MOST = 200


def letter(key: str, *, most: int = MOST) -> dict[str, Any] | None:
    """Return what the page of a report shows, None when no source has this key.

    ``{source: {title, address, kind_label, owner}, run: {id, day, sentence, complete} | None, problems, mend,
    mend_count}``; ``mend``: ``[{title, identifier, url, where, sentence, advice}]``, ``problems``: those of the whole
    catalogue, as ``advice``.
    """
    source = sources.of_key(key)
    if source is None:
        return None
    last, told = reading.last_run(source.id), reading.told_run(source.id)
    mend, count = _to_mend(told.id, most) if told else ([], 0)
    shown = last or told
    return hushed(
        {
            "source": {
                "title": source.title,
                "address": source.address or source.document_name,
                "kind_label": kind_label(source.kind),
                "owner": _owner(source.owner_org),
            },
            "run": {
                "id": shown.id,
                "day": day(shown.ended or shown.created),
                "sentence": runs.run_sentence(shown),
                "complete": bool(shown.complete),
            }
            if shown
            else None,
            "problems": [records.problem(one) for one in (told.problems if told else [])],
            "mend": mend,
            "mend_count": count,
        }
    )


def kind_label(kind: str) -> str:
    """Return what people call a kind of catalogue, ``""`` for one that is not known yet."""
    return reader(kind).LABEL if kind in KINDS else ""


def _owner(organization_id: str) -> str:
    found = ckan_model.Group.get(organization_id)
    return found.title or found.name if found is not None else ""


def _to_mend(run_id: str, most: int) -> tuple[list[dict[str, Any]], int]:
    found: list[dict[str, Any]] = []
    count = 0
    for row in reading.rows(run_id):
        if not records.to_mend(row):
            continue
        count += 1
        if len(found) < most:
            place = records.where(row)
            found.append({
                "title": records.title(row),
                "identifier": get(row, "identifier", ""),
                "url": place["url"],
                "where": place["text"],
                "sentence": records.sentence(row),
                "advice": [one for one in records.advice(row) if one["severity"] != "info"],
            })  # fmt: skip
    return found, count
