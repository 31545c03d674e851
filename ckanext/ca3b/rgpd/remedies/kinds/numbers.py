"""Numbers as bands: ages, amounts, sizes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.remedies.coarser import age_band, band, bounded, nice_width
from ckanext.ca3b.rgpd.remedies.flow import quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError
from ckanext.ca3b.rgpd.remedies.values import number

from .base import CELLS, Kind, choice, integer, numbers, text

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment


def _run(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    names = flow.present(treatment)
    bounds = numbers(treatment, "bounds")
    style = choice(treatment, "style", ("amount", "age"))
    width = treatment.params.get("width")
    if width is not None and (isinstance(width, bool) or not isinstance(width, int | float) or width <= 0):
        raise RemedyError("params", "Le réglage « width » est un nombre plus grand que 0.")
    bands = integer(treatment, "bands", 8, 2)
    treated = flow
    for name in names:
        value = number(pl.col(name))
        if bounds:
            written = bounded(value, bounds)
        elif style == "age":
            written = age_band(value, int(width or 10))
        else:
            written = band(value, float(width) if width else _width(flow, name, bands))
        treated = treated.mapped(lambda batch, name=name, written=written: batch.with_columns(written.alias(name)))
        if rename := text(treatment, "rename"):
            treated = treated.renamed(name, rename)
    return treated.told(f"Nombres ramenés à des tranches : {quoted(names)}.") if names else flow


def _width(flow: Flow, name: str, bands: int) -> float:
    """Read the column through for its range; outliers do not widen the bands, nor does a lone value tell itself."""
    low, high, entire = math.inf, -math.inf, True
    for batch in flow.frames():
        values = batch.select(number(pl.col(name)).alias("n")).to_series().drop_nulls()
        if values.len():
            low = min(low, float(values.quantile(0.02) or 0))
            high = max(high, float(values.quantile(0.98) or 0))
            entire = entire and bool((values == values.round()).all())
    if high <= low:
        return nice_width(0, abs(high) or 1, 1) if math.isfinite(high) else 1.0
    return max(nice_width(low, high, bands), 2.0 if entire else 0.0)


GENERALISE_NUMBER = Kind(
    "generalise_number", "Remplacer les nombres par des tranches", CELLS, _run,
    frozenset({"bounds", "width", "style", "bands", "rename"}),
)  # fmt: skip
