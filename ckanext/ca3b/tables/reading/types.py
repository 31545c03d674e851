"""The type of each column, from all of its values: one that does not fit keeps the column as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import evolve

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import TYPES, Column, Notice, Raw, ReadOptions

from .candidates import CANDIDATES, Candidate, header_is_code, text_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

_BATCH = 50_000


def infer(raw: Raw, options: ReadOptions) -> tuple[tuple[Column, ...], list[Notice]]:
    """Type the columns of ``raw``; give them with what was guessed."""
    wanted = [c for c in CANDIDATES if _allowed(c, options)]
    alive: dict[str, list[Candidate]] = {name: list(wanted) for name in raw.names}
    reasons: dict[str, str] = {}
    filled: set[str] = set()
    words: dict[str, set[str]] = {name: set() for name in raw.names}
    for batch in raw.source(_BATCH):
        busy = [name for name in raw.names if alive[name]]
        if not busy:
            break
        part = batch.select(stripped(name) for name in busy)
        filled |= {name for name in busy if part[name].null_count() < part.height}
        verdicts = part.select(
            test.test(name).all(ignore_nulls=True).alias(f"{index}:{at}")
            for index, name in enumerate(busy)
            for at, test in enumerate(alive[name])
        ).row(0)
        position = 0
        for name in busy:
            kept = [test for at, test in enumerate(alive[name]) if verdicts[position + at]]
            position += len(alive[name])
            if not kept:
                reasons[name] = text_reason(part[name])
            alive[name] = kept
            if any(test.type == "boolean" for test in kept):
                words[name] |= set(part[name].drop_nulls().str.to_lowercase().unique().to_list())
    columns = tuple(
        _typed(
            Column(name, "text", raw.headers[index], index, reasons.get(name, "")),
            alive[name],
            name in filled,
            words[name],
        )
        for index, name in enumerate(raw.names)
    )
    columns = tuple(
        evolve(column, type="text", reason=raw.texts[column.name], date_format=None, decimal=None, thousands=None)
        if column.name in raw.texts
        else column
        for column in columns
    )
    columns = tuple(_forced(column, alive[column.name], options) for column in columns)
    return columns, _guesses(columns)


def stripped(name: str) -> pl.Expr:
    """Give column ``name`` without the blanks around its values; blanks alone are an empty cell."""
    values = pl.col(name).str.strip_chars()
    return pl.when(values != "").then(values).alias(name)


def _allowed(candidate: Candidate, options: ReadOptions) -> bool:
    if options.decimal and candidate.decimal and candidate.decimal != options.decimal:
        return False
    return not (options.date_order and candidate.order and candidate.order != options.date_order)


def _typed(text: Column, alive: Sequence[Candidate], filled: bool, words: set[str]) -> Column:
    name, reason = text.name, text.reason
    if not filled:
        return evolve(text, reason="colonne vide")
    tests = [
        test
        for test in alive
        if test.type != "boolean" or len(words) == 2 or words <= {"vrai", "faux", "true", "false"}
    ]
    if not tests:
        return evolve(text, reason=reason or ("un seul mot ne suffit pas à dire oui ou non" if alive else ""))
    blocking = next((test for test in tests if test.type == "text"), None)
    if blocking is not None:
        return evolve(text, reason=blocking.reason)
    best = tests[0]
    if best.type in {"integer", "number"} and header_is_code(name):
        return evolve(text, reason="l’en-tête annonce un code : il reste tel quel")
    return evolve(
        text,
        type=best.type,
        reason=best.reason,
        date_format=best.date_format,
        decimal=best.decimal,
        thousands=best.thousands,
    )


def _forced(column: Column, alive: Sequence[Candidate], options: ReadOptions) -> Column:
    wanted = options.types.get(column.name)
    if wanted is None or wanted == column.type:
        return column
    plain = Column(column.name, "text", column.header, column.position, "demandé")
    if wanted == "text":
        return plain
    found = next((test for test in alive if test.type == wanted), None)
    if wanted == "number" and found is None:
        found = next((test for test in alive if test.type == "integer"), None)
    if wanted not in TYPES or found is None:
        raise TableError(
            "type", f"La colonne « {column.name} » ne se lit pas toute entière en « {wanted} » : laissez-la en texte."
        )
    return evolve(plain, type=wanted, date_format=found.date_format, decimal=found.decimal, thousands=found.thousands)


def _guesses(columns: Sequence[Column]) -> list[Notice]:
    return [
        Notice(f"type-{column.type}", f"« {column.name} » : {column.reason}.", column=column.name)
        for column in columns
        if column.reason
    ]
