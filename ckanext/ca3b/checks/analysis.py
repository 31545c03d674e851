"""One file to its report, as plain values: how it is read, what it probably follows, what its schema says.

Imports nothing of the portal.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b.tables import ReadOptions, TableError, read, schemas

from .facts import facts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    import polars as pl

    from ckanext.ca3b.tables import Notice, Table

#: To be raised when reports made before would come out otherwise: they are then made again when asked for.
ENGINE = 2
PREVIEW_ROWS = 20
PREVIEW_CELL = 500
ERRORS = 1000

AUTO, NONE = "auto", "none"


def analyse(  # noqa: PLR0913 - what a report depends on
    path: Path,
    *,
    name: str,
    options: Mapping[str, Any],
    schema: str = AUTO,
    score: float = 0.6,
    communes: Collection[str] = (),
    progress: Callable[[int, str], None] = lambda _percent, _step: None,
) -> dict[str, Any]:
    """Read and check one file.

    :param name: the name that its owner gave it.
    :param options: the fields of :class:`ReadOptions` that were said rather than guessed.
    :param schema: ``auto``, ``none`` or the name of a table schema.
    :param score: from which score a proposed schema is in force without being chosen.
    :param communes: INSEE codes of the territory.
    :param progress: told how far it is, from 0 to 100, and what is being done, in French.
    :returns: ``state`` (``done``, or ``unreadable`` with ``error``), ``schema`` (name in force or None), ``reading``,
        ``proposals``, ``verdict`` (with ``left``: what looks wrong and is not repaired, and why), ``repairs``: what
        the report of a file holds.
    """
    report: dict[str, Any] = {
        "state": "done", "schema": None, "reading": None, "error": None,
        "proposals": [], "verdict": None, "repairs": [],
    }  # fmt: skip
    try:
        progress(5, "Lecture du fichier")
        table = read(path, name=name, options=read_options(options))
        progress(40, "Aperçu, période et communes")
        report["reading"] = reading(table, communes)
        progress(55, "Recherche du schéma que suit le fichier")
        report["proposals"] = proposals(table, name)
        report["schema"] = in_force(schema, report["proposals"], score)
        if report["schema"]:
            _check(table, report, progress, read_options(options))
    except TableError as error:
        # A file may turn out unreadable after its first rows: what was seen of it is no report of a table.
        report |= {"state": "unreadable", "reading": None, "schema": None, "proposals": [], "verdict": None}
        report |= {"repairs": [], "error": {"code": error.code, "message": error.message}}
    return report


def read_options(options: Mapping[str, Any]) -> ReadOptions:
    """Return the options of the reader from those kept with a report."""
    known = {one.name for one in attrs.fields(ReadOptions)}
    return ReadOptions(**{key: value for key, value in options.items() if key in known and value is not None})


def reading(table: Table, communes: Collection[str]) -> dict[str, Any]:
    """Return how a table was read, with its first rows and what it says of time and place."""
    return {
        "format": table.format,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "sheets": [{"name": one.name, "hidden": one.hidden, "rows": one.rows} for one in table.sheets],
        "header_row": table.header_row,
        "rows": table.rows,
        "columns": [
            {"name": one.name, "type": one.type, "header": one.header, "reason": one.reason} for one in table.columns
        ],
        "warnings": [_notice(one) for one in table.warnings],
        "guesses": [_notice(one) for one in table.guesses],
        "preview": preview(table),
        "facts": facts(table, communes),
    }


def preview(table: Table) -> list[list[str]]:
    """Return the first rows as texts, an empty text for an empty cell; very long cells are cut."""
    rows: list[tuple[Any, ...]] = []
    for frame in table.batches(PREVIEW_ROWS):
        rows += islice(frame.iter_rows(), PREVIEW_ROWS - len(rows))
        if len(rows) >= PREVIEW_ROWS:
            break
    return [[_cell(value) for value in row] for row in rows]


def proposals(table: Table, name: str) -> list[dict[str, Any]]:
    """Return the schemas that a table probably follows, the most probable first."""
    from ckanext.ca3b.tables.matching import propose  # noqa: PLC0415 - reads all the schemas

    return [
        {
            "schema": one.schema,
            "title": one.title,
            "score": round(one.score, 3),
            "missing": list(one.missing),
            "renamed": dict(one.renamed),
            "extra": list(one.extra),
            "reason": one.reason,
        }
        for one in propose(table, name=name)
    ]


def in_force(asked: str, proposed: list[dict[str, Any]], score: float) -> str | None:
    """Return the schema that a file is checked against: the one chosen, else a proposed one that is sure enough."""
    if asked == NONE:
        return None
    if asked != AUTO:
        return asked
    best = proposed[0] if proposed else None
    return best["schema"] if best and best["score"] >= score else None


def verdict(table: Table, schema: schemas.TableSchema) -> dict[str, Any]:
    """Check a table and return the verdict, with its first errors and the French name of each kind."""
    from ckanext.ca3b.tables import checking  # noqa: PLC0415 - needed only with a schema
    from ckanext.ca3b.tables.checking.labels import LABELS  # noqa: PLC0415

    found = checking.check(table, schema, limit=ERRORS)
    plain = attrs.asdict(found, recurse=True)
    counts = sorted(found.counts.items(), key=lambda one: -one[1])
    return plain | {
        "counts": [{"code": code, "label": LABELS.get(code, code), "count": count} for code, count in counts],
        "errors": [dict(one, value=_short(one.get("value"))) for one in plain["errors"]],
    }


def _check(table: Table, report: dict[str, Any], progress: Callable[[int, str], None], options: ReadOptions) -> None:
    from ckanext.ca3b.tables.repair import look  # noqa: PLC0415 - needed only with a schema

    schema = schemas.load(report["schema"])
    rows = "Vérification des lignes"
    report["verdict"] = verdict(counted(table, lambda done: progress(60 + int(done * 30), rows)), schema)
    progress(92, "Recherche des corrections possibles")
    found = look(table, schema, options=options)
    report["repairs"] = [attrs.asdict(one, recurse=True) for one in found.changes]
    report["verdict"]["left"] = [_notice(one) for one in found.left]


def counted(table: Table, told: Callable[[float], None]) -> Table:
    """Return the same table, which tells the share of its rows (0 to 1) that was given so far."""

    def source(size: int) -> Iterator[pl.DataFrame]:
        given = 0
        for frame in table.batches(size):
            yield frame
            given += frame.height
            told(min(1.0, given / max(1, table.rows)))

    return attrs.evolve(table, _source=source)


def _notice(notice: Notice) -> dict[str, Any]:
    return {"code": notice.code, "message": notice.message, "row": notice.row, "column": notice.column}


def _cell(value: Any) -> str:
    return "" if value is None else (_short(str(value)) or "")


def _short(value: str | None) -> str | None:
    return value if value is None or len(value) <= PREVIEW_CELL else value[: PREVIEW_CELL - 1] + "…"
