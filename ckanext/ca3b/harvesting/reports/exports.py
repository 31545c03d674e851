"""The report of a run as files: CSV for a spreadsheet, JSON for a program. Both are written as they are read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables.writing import neutralised

from . import records, runs
from .words import CAUSES, OUTCOMES, SEVERITIES, get, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = (
    "identifiant", "titre", "constat", "explication", "resultat", "ou", "adresse_dans_le_catalogue", "champs_modifies",
    "gravite", "a_corriger", "champ_ou_ligne", "jeu_de_donnees",
)  # fmt: skip
#: What may run as a formula in a spreadsheet begins with one of these; the rule itself is that of ``neutralised``.
_SIGNS = set("=+-@\t\r\n＝＋－＠")
#: Columns of a run that a program is told.
_OF_RUN = (
    "id", "source_id", "cause", "state", "only_plan", "created", "started", "ended", "counts", "held_for", "message",
    "code", "complete", "pages", "size", "problems",
)  # fmt: skip


def csv_lines(run: Any, rows: Iterable[Any]) -> Iterator[str]:
    """Yield a CSV text for French spreadsheets (UTF-8 mark, semicolons): one line per thing to mend of each record.

    A record that has nothing to mend has one line. What is wrong with the whole catalogue comes first.
    """
    yield "\ufeff" + _line(COLUMNS)
    for given in get(run, "problems", []):
        told = records.problem(given)
        yield _line(["", "(tout le catalogue)", "", "", "", "", "", "", *_mend(told), ""])
    for row in rows:
        place = records.where(row)
        said = [
            get(row, "identifier", ""),
            get(row, "title", ""),
            records.verdict_label(row),
            records.sentence(row),
            label(OUTCOMES, get(row, "outcome", "pending")),
            place["text"],
            place["url"],
            ", ".join(one["label"] for one in records.changed(row)),
        ]
        for told in records.advice(row) or [None]:
            yield _line([*said, *(_mend(told) if told else ("", "", "")), get(row, "dataset_id", "")])


def json_lines(run: Any, rows: Iterable[Any]) -> Iterator[str]:
    """Yield the report of a run as a text in JSON, the run then its records, piece by piece however many they are."""
    head = json.dumps(_run(run), ensure_ascii=False)
    yield f'{head[:-1]}, "records": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(record(row), ensure_ascii=False, default=_plain)
    yield "\n]}\n"


def record(row: Any) -> dict[str, Any]:
    """Return one record of a report as JSON values."""
    return {
        "identifier": get(row, "identifier", ""),
        "title": get(row, "title", ""),
        "uri": get(row, "uri", ""),
        "verdict": get(row, "verdict", ""),
        "outcome": get(row, "outcome", "pending"),
        "sentence": records.sentence(row),
        "where": records.where(row),
        "changes": list(get(row, "changes", [])),
        "problems": records.advice(row),
        "dataset_id": get(row, "dataset_id", "") or None,
    }


def _run(run: Any) -> dict[str, Any]:
    said = {name: _plain(get(run, name)) for name in _OF_RUN}
    said["cause_label"] = label(CAUSES, get(run, "cause"))
    return {"run": said, "sentence": runs.run_sentence(run)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _mend(told: dict[str, str]) -> tuple[str, str, str]:
    return label(SEVERITIES, told["severity"]), records.whole(told), told["where"]


def _line(values: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([_cell(str(value or "")) for value in values])
    return out.getvalue()


def _cell(value: str) -> str:
    value = value.replace("\x00", "")
    return neutralised(value) if value[:1] in _SIGNS else value
