"""Dates made coarser: the month, the year, five years, ten years, or the band of an age."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.remedies.coarser import generalised_date
from ckanext.ca3b.rgpd.remedies.flow import quoted

from .base import CELLS, Kind, choice, integer, text

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

LEVELS = ("year", "month", "five_years", "decade", "age_band")
_WORDS = {
    "year": "l’année",
    "month": "le mois",
    "five_years": "cinq ans",
    "decade": "dix ans",
    "age_band": "l’âge par tranches",
}


def _run(flow: Flow, treatment: Treatment, settings: Settings) -> Flow:
    level = choice(treatment, "to", LEVELS)
    year = integer(treatment, "reference_year", settings.year, 1900)
    width = integer(treatment, "width", 10)
    rename = text(treatment, "rename")
    names = flow.present(treatment)
    treated = flow.mapped(
        lambda batch: batch.with_columns(
            generalised_date(pl.col(name), level, year, width).alias(name) for name in names
        )
    )
    for name in names if rename else ():
        treated = treated.renamed(name, rename)
    return treated.told(f"Dates ramenées à {_WORDS[level]} : {quoted(names)}.") if names else flow


GENERALISE_DATE = Kind(
    "generalise_date", "Réduire la précision de la date", CELLS, _run,
    frozenset({"to", "reference_year", "width", "rename"}),
)  # fmt: skip
