"""Postal addresses made coarser: the commune, or the département."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.remedies.communes import department, gazetteer
from ckanext.ca3b.rgpd.remedies.flow import quoted

from .base import CELLS, Kind, choice, text

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

_CODE = r"(?:^|[^0-9])((?:0[1-9]|[1-8][0-9]|9[0-58]|97)[0-9]{3})(?:[^0-9]|$)"
"""Where the last postal code stands: house numbers of five digits do not exist in France, lots do."""


def _run(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    names = flow.present(treatment)
    level = choice(treatment, "to", ("commune", "departement"))
    beside = flow.present_names([code]) if (code := text(treatment, "code_column")) else []

    def change(batch: pl.DataFrame) -> pl.DataFrame:
        return batch.with_columns(_coarser(batch, name, beside, level).alias(name) for name in names)

    treated = flow.mapped(change)
    if rename := text(treatment, "rename"):
        for name in names:
            treated = treated.renamed(name, rename)
    what = "à la commune" if level == "commune" else "au département"
    return treated.told(f"Adresses ramenées {what} : {quoted(names)}.") if names else flow


def _coarser(batch: pl.DataFrame, name: str, beside: list[str], level: str) -> pl.Series:
    """Find the commune of each address; an address in which none is sure becomes empty, never itself."""
    value = pl.col(name)
    written = value.str.extract_all(_CODE).list.last().str.extract("([0-9]{5})")
    code = pl.coalesce(*(pl.col(column).str.strip_chars() for column in beside), written)
    # A street may bear the name of another commune: only what follows the postal code can name this one.
    rest = pl.when(written.is_not_null()).then(value.str.extract(r"(?s)^(?:.*[^0-9])?[0-9]{5}([^0-9].*)?$", 1))
    if beside:
        rest = pl.coalesce(rest, value)
    asked = batch.select(pl.when(value.is_not_null()).then(code).alias("code"), rest.alias("rest"))
    distinct = asked.unique()
    known = gazetteer()
    made = []
    for each, tail in distinct.iter_rows():
        commune = known.find(each, tail)
        if level == "commune" or each is None:
            made.append(commune)
        else:
            made.append(department(known.insee_of.get((each, commune or ""), each)))
    table = distinct.with_columns(pl.Series("made", made, dtype=pl.String))
    return asked.join(table, on=["code", "rest"], how="left", maintain_order="left", nulls_equal=True)["made"]


GENERALISE_ADDRESS = Kind(
    "generalise_address", "Remplacer l’adresse par la commune", CELLS, _run, frozenset({"to", "code_column", "rename"})
)
