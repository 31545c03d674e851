"""Hide the small counts of a table that is already made of counts, and those which would give them back.

The sums of the table are found in it: rows called « Total » or « Ensemble », columns that are the sum of others. The
totals it does not show are taken as known (``known_totals``): they often stand in another file. Rates of a row with a
hidden count are hidden too, since they would give it back. Small counts are hidden in the columns asked and in those
that add up with them: the women of a total, the total of the women and men.

Of enterprises, the ``amounts`` of a row are hidden with its small count, or when the share of the first enterprise
(columns ``shares``) is above ``dominance`` per cent; other amounts are then hidden to protect them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl
from attrs import evolve

from ckanext.ca3b.rgpd.remedies.flow import ROW, count_text, quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError
from ckanext.ca3b.rgpd.remedies.protect import protect
from ckanext.ca3b.rgpd.remedies.statistics import Statistic, linked, sums_of
from ckanext.ca3b.rgpd.remedies.values import number
from ckanext.ca3b.rgpd.words import says

from .aggregate import MARK, THRESHOLD
from .base import TABLE, Kind, integer, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

MOST = 400_000
_RATES = ("taux", "part", "pct", "pourcentage", "moyenne", "moyen", "ratio", "indice", "proportion", "densite")
_CODES = (
    "code", "insee", "annee", "an", "siren", "siret", "id", "identifiant", "numero", "cp", "code postal", "mois",
    "trimestre", "iris", "codgeo", "rang", "latitude", "longitude", "date",
)  # fmt: skip


def _run(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    asked = flow.present(treatment)
    shares = flow.present_names(texts(treatment, "shares"))
    amounts = flow.present_names(texts(treatment, "amounts"))
    dominance = integer(treatment, "dominance", 85)
    least = integer(treatment, "threshold", THRESHOLD, 2)
    mark = text(treatment, "mark", MARK) or None
    known = treatment.params.get("known_totals", True) is not False
    if not asked:
        return flow
    frames = list(flow.frames())
    frame = pl.concat(frames) if frames else pl.DataFrame()
    if frame.height * max(1, len(flow.names)) > MOST:
        raise RemedyError(
            "too-many", "Ce tableau est trop grand pour que ses petits effectifs soient protégés ensemble."
        )
    if not frame.height:
        return flow
    wanted = [name for name in asked if name not in shares]
    table, rates = _statistic(frame, flow.names, [*wanted, *amounts], shares)
    wanted = linked(table, wanted, amounts)
    sums, outside = sums_of(table, known_totals=known, least=least)
    values = [0.0 if math.isnan(value) else value for column in table.counts.values() for value in column] + outside
    if min(values, default=0) < 0:
        raise RemedyError("negative", "Un effectif est négatif : corrigez le fichier d’abord.")
    small = {
        table.cell(row, column)
        for column in wanted
        for row, value in enumerate(table.counts[column])
        if 0 < value < least
    }
    dominated = _dominated(frame, shares, dominance)
    at_risk = dominated | {cell % table.rows for cell in small}
    small |= {table.cell(row, column) for row in at_risk for column in amounts if table.counts[column][row] > 0}
    fixed = frozenset(range(len(values) - len(outside), len(values)))
    hidden = protect(values, small, sums, least=least, fixed=fixed)
    masks = {column: [table.cell(row, column) in hidden for row in range(table.rows)] for column in table.counts}
    any_row = [row in dominated or any(mask[row] for mask in masks.values()) for row in range(table.rows)]
    masks |= dict.fromkeys([*rates, *shares], any_row)
    treated = frame.with_columns(
        pl.when(pl.Series(mask)).then(pl.lit(mark, dtype=pl.String)).otherwise(pl.col(column)).alias(column)
        for column, mask in masks.items()
    )
    sizes = [each.height for each in frames]

    def cut() -> Iterator[pl.DataFrame]:
        start = 0
        for size in sizes:
            yield treated.slice(start, size)
            start += size

    told = (
        f"Effectifs masqués dans {quoted(list(table.counts))} : {count_text(len(hidden), 'case', 'cases')}, dont "
        f"{count_text(len(small), 'petite', 'petites')} (moins de {least}), les autres pour qu’aucune soustraction "
        "ne les retrouve."
    )
    return evolve(flow, frames=cut).told(told)


def _dominated(frame: pl.DataFrame, shares: list[str], dominance: int) -> set[int]:
    """Give the rows where one enterprise is more than ``dominance`` per cent; shares may be written from 0 to 1."""
    found: set[int] = set()
    for name in shares:
        values = frame.select(number(pl.col(name)).alias("n"))["n"].fill_null(0.0)
        limit = dominance / 100 if float(values.max() or 0) <= 1 else dominance  # pyright: ignore[reportArgumentType]
        found.update((values > limit).arg_true().to_list())
    return found


def _statistic(
    frame: pl.DataFrame, names: tuple[str, ...], wanted: list[str], shares: list[str]
) -> tuple[Statistic, list[str]]:
    """Tell the columns of counts from those of labels and from rates."""
    counts: dict[str, list[float]] = {}
    labels: dict[str, list[str]] = {}
    rates: list[str] = []
    for name in names:
        if name in shares:
            continue
        values = frame.select(number(pl.col(name)).alias("n"))["n"]
        filled = frame[name].len() - frame[name].null_count()
        numeric = filled > 0 and values.len() - values.null_count() >= 0.9 * filled
        if name not in wanted and (not numeric or says(name, _CODES) or name == ROW):
            labels[name] = frame[name].fill_null("").str.strip_chars().to_list()
        elif name not in wanted and says(name, _RATES):
            rates.append(name)
        else:
            counts[name] = values.fill_null(float("nan")).to_list()
    return Statistic(counts, labels, frame.height), rates


SUPPRESS_SMALL_CELLS = Kind(
    "suppress_small_cells",
    "Masquer les petits effectifs",
    TABLE,
    _run,
    frozenset({"threshold", "mark", "known_totals", "amounts", "shares", "dominance"}),
)
