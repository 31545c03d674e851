"""Counts instead of rows: how many rows, and sums if asked, by the chosen columns; small cells are hidden.

Cells under the threshold are hidden, and enough others that no subtraction from any total, published here or known
elsewhere, finds one back (`protect`). A table already made of counts is added up by fewer columns: its ``count_column``
says how many each row counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import evolve

from ckanext.ca3b.rgpd.remedies.cube import ALL, MOST_CELLS, Amount, cube
from ckanext.ca3b.rgpd.remedies.flow import count_text, quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError
from ckanext.ca3b.rgpd.remedies.values import number

from .base import TABLE, Kind, integer, share, text, texts

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.remedies.cube import Cube, Key
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

THRESHOLD = 11
MARK = "s"
"""What stands in a hidden cell: « secret statistique », as INSEE writes it."""


def _run(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    by = flow.present(treatment)
    if not by:
        raise RemedyError("columns", "Aucune des colonnes selon lesquelles compter ne reste dans le fichier.")
    least = integer(treatment, "threshold", THRESHOLD, 2)
    mark = text(treatment, "mark", MARK)
    dominance = share(treatment, "dominance", 0.85) if "dominance" in treatment.params else None
    summed = flow.present_names(texts(treatment, "sums"))
    if set(summed) & set(by):
        raise RemedyError("columns", "Une colonne se compte ou s’additionne, pas les deux.")
    counting = flow.present_names([given])[:1] if (given := text(treatment, "count_column")) else []
    if set(counting) & {*by, *summed}:
        raise RemedyError("columns", "Une colonne se compte ou s’additionne, pas les deux.")
    grouped = _grouped(flow, by, summed, counting)
    counts: dict[Key, int] = {}
    amounts: tuple[dict[Key, Amount], ...] = tuple({} for _ in summed)
    for row in grouped.sort(by, nulls_last=True).iter_rows():
        key = row[: len(by)]
        counts[key] = row[len(by)]
        for place, found in enumerate(amounts):
            total, largest = row[len(by) + 1 + 2 * place : len(by) + 3 + 2 * place]
            found[key] = Amount(total or 0.0, largest or 0.0)
    if min(counts.values(), default=0) < 0:
        raise RemedyError("negative", "Un effectif est négatif : corrigez le fichier d’abord.")
    made = cube(counts, amounts, least=least, dominance=dominance)
    names = _free(
        [*by, text(treatment, "count_name", next(iter(counting), "nombre")), *(f"somme_{name}" for name in summed)]
    )
    frame = _frame(made, names, mark)
    hidden = sum(ALL not in key for key in made.hidden)
    treated = evolve(
        flow,
        names=tuple(names),
        frames=lambda: iter([frame]),
        now={first: name if name in by else None for first, name in flow.now.items()},
        aligned=False,
        weight=names[len(by)],
        people=sum(counts.values()),
    )
    done = "Effectifs additionnés" if counting else "Lignes comptées"
    return treated.told(
        f"{done} selon {quoted(by)} : {count_text(len(counts), 'case', 'cases')}, "
        f"dont {count_text(hidden, 'masquée', 'masquées')} (moins de {least}, "
        "ou nécessaires pour qu’aucune soustraction ne les retrouve)."
    )


def _grouped(flow: Flow, by: list[str], summed: list[str], counting: list[str]) -> pl.DataFrame:
    """Count the rows, in memory that grows with the groups: columns ``by``, count, then sum and maximum of each."""
    parts: list[pl.DataFrame] = []
    size = number(pl.col(counting[0])).sum().round() if counting else pl.len()
    first = [size.cast(pl.Int64).alias("\u001fn")]
    again = [pl.col("\u001fn").sum()]
    for place, name in enumerate(summed):
        value = number(pl.col(name))
        first += [value.sum().alias(f"\u001fs{place}"), value.abs().max().alias(f"\u001fm{place}")]
        again += [pl.col(f"\u001fs{place}").sum(), pl.col(f"\u001fm{place}").max()]
    waiting = 0
    for batch in flow.frames():
        parts.append(batch.group_by(*by).agg(*first))
        waiting += parts[-1].height
        if waiting > 2_000_000:
            parts = [pl.concat(parts).group_by(*by).agg(*again)]
            waiting = 0
            if parts[0].height > MOST_CELLS:
                break
    if not parts:
        raise RemedyError("nothing-left", "Le fichier n’a aucune ligne à compter.")
    return pl.concat(parts).group_by(*by).agg(*again)


def _free(names: list[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        free, place = name, 2
        while free in found:
            free, place = f"{name}_{place}", place + 1
        found.append(free)
    return found


def _frame(made: Cube, names: list[str], mark: str) -> pl.DataFrame:
    rows: list[tuple[str | None, ...]] = []
    for key, count in made.counts.items():
        if ALL in key:
            continue
        values = [str(count), *(_written(found[key].total) for found in made.amounts)]
        shown = [mark or None] * len(values) if key in made.hidden else values
        rows.append((*(_text(value) for value in key), *shown))
    schema: dict[str, pl.DataType] = dict.fromkeys(names, pl.String())
    return pl.DataFrame(rows, schema=schema, orient="row")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _written(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.2f}"


AGGREGATE = Kind(
    "aggregate", "Publier des effectifs au lieu des lignes", TABLE, _run,
    frozenset({"threshold", "mark", "dominance", "sums", "count_name", "count_column"}),
)  # fmt: skip
