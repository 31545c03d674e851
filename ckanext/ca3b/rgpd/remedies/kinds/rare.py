"""Remove the rows whose combination of values is shared by too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.remedies.flow import COUNT, Groups, combined, count_text, quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError

from .base import RARE, Kind, integer

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment


def _run(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    names = flow.present(treatment)
    k = integer(treatment, "k", 5, 2)
    if not names:
        return flow
    groups = Groups(["key"])
    for batch in flow.frames():
        groups.add(batch.select(combined(names).alias("key")))
    counted = groups.table()
    kept = counted.filter(pl.col(COUNT) >= k).select("key")
    lost = int(counted.filter(pl.col(COUNT) < k)[COUNT].sum())
    if not kept.height:
        raise RemedyError(
            "nothing-left",
            f"Aucune ligne ne resterait : toutes les combinaisons ont moins de {k} lignes.",
        )
    treated = flow.mapped(
        lambda batch: (
            batch.with_columns(combined(names).alias("\u001fkey"))
            .join(kept, left_on="\u001fkey", right_on="key", how="semi", maintain_order="left")
            .drop("\u001fkey")
        )
    )
    return treated.told(
        f"{count_text(lost, 'ligne retirée', 'lignes retirées')} : moins de {k} lignes avec les mêmes {quoted(names)}."
    )


SUPPRESS_RARE_ROWS = Kind("suppress_rare_rows", "Retirer les lignes rares", RARE, _run, frozenset({"k"}))
