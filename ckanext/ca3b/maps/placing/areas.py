"""Which column of a table names areas, when nothing says where its rows are: INSEE codes, names, postal codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field, frozen

from .gazetteer import KINDS, Gazetteer, Kind
from .words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADERS: dict[Kind, re.Pattern[str]] = {
    "commune": re.compile(
        r"insee|codgeo|depcom|code ?com(mune)?\b|cod ?com\b|^com$|code (officiel )?(de la |commune)"
        r"|geocode|^code ?geo$"
    ),
    "name": re.compile(
        r"commune|\bville\b|libcom|nom ?com\b|libgeo|municipalite|localite|\bcity\b|lib ?geo|collectivite"
    ),
    "postal": re.compile(r"postal|^cp\b|\bcp$|codepost|code post|zip"),
    "epci": re.compile(r"epci|siren|intercommunalite|agglomeration"),
    "department": re.compile(r"^dep\b|departement|\bdept?\b|code ?dep"),
}
# A column that its header does not name as areas must show them nearly everywhere.
NAMED, UNNAMED = 0.02, 0.9


@frozen
class AreaColumn:
    """The column ``name`` holds areas of a ``kind``; ``hint`` is a column that tells namesakes apart."""

    name: str
    kind: Kind
    hint: str | None = None


@define
class Join:
    """The areas of the rows of a table; remembers the values that no known area has."""

    column: AreaColumn
    gazetteer: Gazetteer
    lost: dict[str, int] = field(factory=dict)
    empty: int = 0
    _known: dict[tuple[str | None, str | None], str | None] = field(factory=dict)

    def keys(self, frame: pl.DataFrame) -> pl.Series:
        """Give the key of the area of each row of a frame of texts, null where none is known; counts what is lost."""
        value, hint = pl.col(self.column.name).alias("value"), pl.lit(None, pl.String).alias("hint")
        if self.column.hint:
            hint = pl.col(self.column.hint).alias("hint")
        rows = frame.select(value, hint)
        distinct = rows.group_by("value", "hint", maintain_order=True).len()
        areas: list[str | None] = []
        for text, near, count in distinct.iter_rows():
            area = self._area(text, near)
            areas.append(area)
            if text is None or not text.strip():
                self.empty += count
            elif area is None and (text in self.lost or len(self.lost) < 10_000):
                self.lost[text] = self.lost.get(text, 0) + count
        found = distinct.select("value", "hint", pl.Series("area", areas, pl.String))
        return rows.join(found, on=["value", "hint"], how="left", nulls_equal=True, maintain_order="left")["area"]

    def _area(self, text: str | None, near: str | None) -> str | None:
        if text is None or not text.strip():
            return None
        if (text, near) not in self._known:
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[text, near] = self.gazetteer.resolve(self.column.kind, text, near)
        return self._known[text, near]


def choose_areas(sample: pl.DataFrame, headers: Mapping[str, str | None], gazetteer: Gazetteer) -> AreaColumn | None:
    """Choose the column of areas that places most rows, in at least two areas; None when there is none."""
    best: tuple[float, AreaColumn] | None = None
    said = {name: plain(headers.get(name) or "") for name in sample.columns}
    hint = next((name for name in sample.columns if _HEADERS["postal"].search(said[name])), None) or next(
        (name for name in sample.columns if _HEADERS["department"].search(said[name])), None
    )
    for kind in KINDS:
        for name in sample.columns:
            named = bool(_HEADERS[kind].search(said[name]))
            # A code of five digits is an INSEE code or a postal code: only its header may say which.
            if not named and kind not in {"commune", "name"}:
                continue
            if not named and any(_HEADERS[other].search(said[name]) for other in KINDS):
                continue
            column = AreaColumn(name, kind, hint if kind == "name" and hint != name else None)
            areas = Join(column, gazetteer).keys(sample).drop_nulls()
            share = areas.len() / max(1, sample[name].drop_nulls().len())
            if areas.n_unique() < 2 or share < (NAMED if named else UNNAMED):
                continue
            if best is None or areas.len() > best[0] * 1.1:
                best = (areas.len(), column)
    return best[1] if best else None
