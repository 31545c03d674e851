"""Which ways of writing fit all the values of each column, tried batch after batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field

from .candidates import Candidate, text_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

_GLANCE = 20


@define
class Trial:
    """A column under trial: what it may still be, and what was seen of it."""

    name: str
    alive: list[Candidate]
    filled: bool = False
    words: set[str] = field(factory=set)
    """The words of a column that may be true or false, in lower case."""
    reason: str = ""


def sift(batch: pl.DataFrame, trials: Sequence[Trial]) -> None:
    """Keep in each of ``trials`` the candidates that every value of ``batch`` fits; blanks around are no fault."""
    held = _glance(batch, trials)
    passed: dict[str, set[Candidate]] = {trial.name: set() for trial in held}
    while todo := [(trial, test) for trial in held for test in _due(trial.alive, passed[trial.name])]:
        fits = _fits(batch, todo)
        failed = [pair for pair, fit in zip(todo, fits, strict=True) if not fit]
        passes = [pair for pair, fit in zip(todo, fits, strict=True) if fit]
        if failed:
            names = {trial.name for trial, _ in failed}
            bare = batch.select(stripped(name) for name in names)
            changed = {name for name in names if not bare[name].equals(batch[name])}
            again = [pair for pair in failed if pair[0].name in changed]
            spared = [pair for pair, fit in zip(again, _fits(bare, again), strict=True) if fit] if again else []
            passes += spared
            for trial, test in failed:
                if (trial, test) not in spared:
                    trial.alive.remove(test)
            for trial in {id(trial): trial for trial, _ in failed if not trial.alive}.values():
                trial.reason = text_reason(bare[trial.name])
        for trial, test in passes:
            passed[trial.name].add(test)
    _note(batch, trials)


def _glance(batch: pl.DataFrame, trials: Sequence[Trial]) -> list[Trial]:
    """Put aside the candidates that the first values do not look like: most fall here, without a query for each.

    Give the columns that hold a value in ``batch``; an empty one fits whatever it is tried for.
    """
    fallen, held = [], []
    for trial in trials:
        values = batch[trial.name].drop_nulls().head(_GLANCE).to_list()
        if values:
            held.append(trial)
        first = [text for value in values if (text := value.strip())]
        if first and trial.alive:
            trial.alive = [test for test in trial.alive if all(map(test.looks_like, first))]
            if not trial.alive:
                fallen.append(trial)
    if fallen:
        bare = batch.select(stripped(trial.name) for trial in fallen)
        for trial in fallen:
            trial.reason = text_reason(bare[trial.name])
    return held


def _due(alive: Sequence[Candidate], passed: set[Candidate]) -> list[Candidate]:
    """Give the candidates not tried yet. What is an integer is a number: numbers wait until no integer is left."""
    integers = any(test.type == "integer" for test in alive)
    return [test for test in alive if test not in passed and not (integers and test.type == "number")]


def _fits(frame: pl.DataFrame, pairs: Sequence[tuple[Trial, Candidate]]) -> tuple[bool, ...]:
    names = list({trial.name for trial, _ in pairs})
    lengths = frame.select(pl.col(names).str.len_bytes().max()).row(0)
    longest = {name: length or 0 for name, length in zip(names, lengths, strict=True)}
    return frame.select(
        test.test(trial.name, longest[trial.name]).all(ignore_nulls=True).alias(str(index))
        for index, (trial, test) in enumerate(pairs)
    ).row(0)


def _note(batch: pl.DataFrame, trials: Sequence[Trial]) -> None:
    for trial in trials:
        if any(test.type == "boolean" for test in trial.alive):
            found = batch[trial.name].drop_nulls().str.strip_chars().str.to_lowercase().unique().to_list()
            trial.words |= {word for word in found if word}
    empty = [trial for trial in trials if not trial.filled]
    full = batch.select((pl.col(trial.name).str.strip_chars() != "").any() for trial in empty)
    for trial in empty:
        trial.filled = full.height > 0 and bool(full[trial.name][0])


def stripped(name: str) -> pl.Expr:
    """Give column ``name`` without the blanks around its values; blanks alone are an empty cell."""
    values = pl.col(name).str.strip_chars()
    return pl.when(values != "").then(values).alias(name)
