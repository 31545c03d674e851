"""The type of each column, from all of its values: one that does not fit keeps the column as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import TYPES, Column, Notice, Raw, ReadOptions

from .candidates import CANDIDATES, Candidate, header_is_code
from .trials import Trial, sift

if TYPE_CHECKING:
    from collections.abc import Sequence

_BATCH = 200_000
_HEAD = 200


def untyped(raw: Raw) -> tuple[Column, ...]:
    """Give the columns of ``raw`` as text, their values not looked at."""
    return tuple(Column(name, "text", raw.headers[index], index) for index, name in enumerate(raw.names))


def infer(raw: Raw, options: ReadOptions) -> tuple[tuple[Column, ...], list[Notice]]:
    """Type the columns of ``raw``; give them with what was guessed."""
    wanted = [c for c in CANDIDATES if _allowed(c, options)]
    trials = [Trial(name, list(wanted)) for name in raw.names]
    for batch in raw.source(_BATCH):
        busy = [trial for trial in trials if trial.alive]
        if not busy:
            break
        # Most forms fall on the first rows: the others alone are tried on all.
        sift(batch.head(_HEAD), busy)
        sift(batch, [trial for trial in busy if trial.alive])
    columns = tuple(_column(raw.headers[index], index, trial) for index, trial in enumerate(trials))
    columns = tuple(
        evolve(column, type="text", reason=raw.texts[column.name], date_format=None, decimal=None, thousands=None)
        if column.name in raw.texts
        else column
        for column in columns
    )
    columns = tuple(_forced(column, trial.alive, options) for column, trial in zip(columns, trials, strict=True))
    return columns, _guesses(columns)


def _allowed(candidate: Candidate, options: ReadOptions) -> bool:
    if options.decimal and candidate.decimal and candidate.decimal != options.decimal:
        return False
    return not (options.date_order and candidate.order and candidate.order != options.date_order)


def _column(header: str | None, position: int, trial: Trial) -> Column:
    text = Column(trial.name, "text", header, position, trial.reason)
    name, reason, alive, words = trial.name, trial.reason, trial.alive, trial.words
    if not trial.filled:
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
