"""k-anonymity: each combination of the chosen columns is shared by at least k rows, with the least information lost.

Columns are made coarser as a whole, so that one column keeps one way of writing (a statistic can be made of it);
the few rows that stay rare are removed, a share of ``max_removed`` at most. See `lattice` for what « least » means.

With a ``sensitive`` column, each combination also has at least ``l`` different values of it, so that knowing somebody's
combination does not tell theirs; an empty cell is a value like another. Nothing more is asked once the column is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ckanext.ca3b.rgpd.remedies.flow import COUNT, Groups, combined, count_text, quoted
from ckanext.ca3b.rgpd.remedies.hierarchy import levels
from ckanext.ca3b.rgpd.remedies.lattice import Search, Secrets
from ckanext.ca3b.rgpd.remedies.model import RemedyError

from .base import GROUPS, Kind, integer, share, text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

_KEY = "\u001fkey"
_WORDS = {
    "month": "ramenée au mois", "year": "ramenée à l’année", "five_years": "ramenée à cinq ans",
    "decade": "ramenée à dix ans", "département": "ramenée au département", "tout": "une seule valeur, « * »",
}  # fmt: skip


def _run(flow: Flow, treatment: Treatment, settings: Settings) -> Flow:
    names = flow.present(treatment)
    k = integer(treatment, "k", 5, 2)
    most = share(treatment, "max_removed", 0.05)
    if not names:
        return flow
    secret, least = _secret(flow, treatment, names)
    groups = Groups([*names, *secret])
    for batch in flow.frames():
        groups.add(batch.select(*names, *secret))
    pairs = groups.table()
    table = pairs.group_by(names).agg(pl.col(COUNT).sum()).sort(names)
    if int(table[COUNT].sum()) < k:
        raise RemedyError(
            "nothing-left", f"Le fichier a moins de {k} lignes : personne n’y est semblable à {k - 1} autres."
        )
    secrets = _secrets(pairs, table, names, secret[0], least) if secret else None
    counts = table[COUNT].to_numpy().astype(np.int64)
    columns, places = [], np.zeros((table.height, len(names)), dtype=np.int64)
    for at, name in enumerate(names):
        distinct, place = _distinct(table[name])
        places[:, at] = place
        sizes = np.bincount(place, weights=counts, minlength=distinct.len()).astype(np.int64)
        columns.append((distinct, levels(name, distinct, sizes, k, settings.year)))
    search = Search(places, counts, [each for _, each in columns], k, secrets)
    node = search.best(most)
    chosen = [(distinct, each[level]) for (distinct, each), level in zip(columns, node.levels, strict=True)]
    labels = pl.DataFrame({
        name: level.labels.gather(pl.Series(places[:, at]))
        for at, (name, (_, level)) in enumerate(zip(names, chosen, strict=True))
    })  # fmt: skip
    kept = labels.filter(pl.Series(search.kept(node.levels))).select(combined(names).alias(_KEY)).unique()
    maps = {
        name: pl.DataFrame({name: distinct, "\u001flabel": level.labels})
        for name, (distinct, level) in zip(names, chosen, strict=True)
    }

    def change(batch: pl.DataFrame) -> pl.DataFrame:
        for name, known in maps.items():
            found = batch.select(name).join(known, on=name, how="left", maintain_order="left", nulls_equal=True)
            batch = batch.with_columns(found["\u001flabel"].alias(name))
        keyed = batch.with_columns(combined(names).alias(_KEY))
        return keyed.join(kept, on=_KEY, how="semi", maintain_order="left").drop(_KEY)

    what = " ; ".join(
        f"«\u00a0{name}\u00a0» {_WORDS.get(level.name, f'par {level.name}')}"
        for name, (_, level) in zip(names, chosen, strict=True)
        if level.lost or level.name != "valeur"
    )
    return flow.mapped(change).told(
        f"Chaque combinaison de {quoted(names)} est partagée par au moins {k} lignes.",
        *([f"Chacune a au moins {least} valeurs différentes de {quoted(secret)}."] if secret else []),
        *([f"Pour cela : {what}."] if what else []),
        f"{count_text(node.removed, 'ligne retirée', 'lignes retirées')} ; "
        f"information perdue dans ces colonnes : {node.loss:.0%}.".replace("%", "\u00a0%"),
    )


def _secret(flow: Flow, treatment: Treatment, names: list[str]) -> tuple[list[str], int]:
    """Give the sensitive column, if one is asked for and still there, and how many values a group has of it."""
    least = integer(treatment, "l", 2, 2)
    asked = text(treatment, "sensitive")
    secret = flow.present_names([asked]) if asked else []
    if set(secret) & set(names):
        raise RemedyError(
            "columns",
            f"La colonne {quoted(secret)} est à protéger : elle ne peut pas aussi être regroupée.",
        )
    return secret, least


def _secrets(pairs: pl.DataFrame, table: pl.DataFrame, names: list[str], secret: str, least: int) -> Secrets:
    distinct, values = _distinct(pairs[secret])
    if distinct.len() < least:
        raise RemedyError(
            "nothing-left", f"La colonne {quoted([secret])} a moins de {least} valeurs différentes : supprimez-la."
        )
    numbered = table.select(names).with_row_index("\u001fat")
    found = pairs.select(names).join(numbered, on=names, how="left", maintain_order="left", nulls_equal=True)
    return Secrets(found["\u001fat"].to_numpy().astype(np.int64), values, least)


def _distinct(values: pl.Series) -> tuple[pl.Series, NDArray[np.int64]]:
    """Give the distinct values, null among them, and the place of each row in them."""
    distinct = values.unique().sort(nulls_last=True)
    known = pl.DataFrame({"value": distinct}).with_row_index("place")
    found = pl.DataFrame({"value": values}).join(known, on="value", how="left", maintain_order="left", nulls_equal=True)
    return distinct, found["place"].to_numpy().astype(np.int64)


K_ANONYMISE = Kind(
    "k_anonymise",
    "Rendre les personnes indiscernables",
    GROUPS,
    _run,
    frozenset({"k", "max_removed", "sensitive", "l"}),
)
