"""One attribute of a layer, batch after batch: what ``carte.json`` says of it, and what chooses the style."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
from attrs import define, field

from . import breaks
from .sketches import Distinct, Frequencies, Reservoir
from .words import PERSON, PUBLIC, is_identifier, label, plain

#: Categories that are listed, at most.
LISTED = 20
#: Different values beyond which a column is no category, however often each comes.
_MOST = 50
#: Texts longer than this may be left out of tiles.
LONG = 200
_URL = r"^https?://\S+$"
_COLOUR = r"^#[0-9a-fA-F]{6}$"


def kind_of(dtype: pl.DataType) -> str:
    """Give the type of an attribute, as ``carte.json`` names it."""
    if dtype == pl.Boolean:
        return "boolean"
    if dtype.is_integer():
        return "integer"
    if dtype.is_numeric():
        return "number"
    if dtype == pl.Date:
        return "date"
    return "datetime" if dtype == pl.Datetime else "text"


@define
class Column:
    """An attribute being read. Give it every batch with :meth:`add`, then ask."""

    name: str
    kind: str
    filled: int = 0
    rows: int = 0
    low: Any = None
    high: Any = None
    characters: int = 0
    longest: int = 0
    links: int = 0
    colours: int = 0
    distinct: Distinct = field(factory=Distinct)
    frequencies: Frequencies = field(factory=Frequencies)
    numbers: Reservoir = field(factory=Reservoir)

    def add(self, values: pl.Series) -> None:
        """Take a batch of the column into account."""
        self.rows += values.len()
        if self.kind == "text":
            values = values.cast(pl.String, strict=False)
            values = values.filter(values.str.strip_chars() != "")
        elif self.kind == "number":
            values = values.cast(pl.Float64).drop_nulls()
            values = values.filter(values.is_finite())
        values = values.drop_nulls()
        if not values.len():
            return
        self.filled += values.len()
        self.distinct.add(values)
        if self.kind != "number":
            self.frequencies.add(values)
        if self.kind == "text":
            lengths = values.str.len_chars()
            self.characters += int(lengths.sum())
            self.longest = max(self.longest, *lengths.top_k(1))
            self.links += int(values.str.contains(_URL).sum())
            self.colours += int(values.str.contains(_COLOUR).sum())
            return
        if self.kind == "boolean":
            return
        lowest, highest = pl.DataFrame({"v": values}).select(pl.col("v").min(), pl.col("v").max().alias("w")).row(0)
        self.low = lowest if self.low is None else min(self.low, lowest)
        self.high = highest if self.high is None else max(self.high, highest)
        if self.kind in {"integer", "number"}:
            self.numbers.add(values.cast(pl.Float64).to_numpy())

    @property
    def mean_length(self) -> float:
        """Characters of a filled text, on average."""
        return self.characters / self.filled if self.filled else 0.0

    @property
    def is_link(self) -> bool:
        """Whether every filled text is the address of a page."""
        return self.kind == "text" and 0 < self.filled == self.links

    @property
    def is_colour(self) -> bool:
        """Whether every filled text is a colour for the background, ``#rrggbb``, and the name says so."""
        named = re.search(r"\bcolou?r\b|\bcouleur\b", plain(self.name)) and not re.search("text", self.name.lower())
        return bool(named) and self.kind == "text" and 0 < self.filled == self.colours

    def is_category(self) -> bool:
        """Whether the values are a short list in which features are sorted, and name nobody."""
        if self.kind in {"number", "date", "datetime"} or self.is_link or not self.filled:
            return False
        if self.kind == "boolean":
            return True
        count = self.distinct.count()
        few = count <= _MOST and self.filled >= (2 if count <= LISTED else 5) * count
        if self.frequencies.given_up or not few or self.mean_length > 80:
            return False
        key = plain(self.name)
        if self.kind == "integer":
            return count <= LISTED and not is_identifier(self.name)
        return not (PERSON.search(key) and not PUBLIC.search(key)) and not self._names_people()

    def _names_people(self) -> bool:
        written = pl.Series([str(value) for value, _ in self.frequencies.most(_MOST)])
        if not written.len():
            return False
        likely = written.filter(written.str.contains(r"^[\p{Lu}][\p{L}'.-]*[ ,]+[\p{L}'. -]*\p{Lu}"))
        if likely.len() < 0.3 * written.len():
            return False
        from ckanext.ca3b.rgpd.names import judge_all  # noqa: PLC0415 - its lists of names take a second to read

        return judge_all(likely).is_not_null().sum() >= 0.3 * written.len()

    def describe(self, *, in_tiles: bool) -> dict[str, Any]:
        """Give the attribute as ``carte.json`` has it."""
        said: dict[str, Any] = {
            "name": self.name,
            "label": label(self.name),
            "type": "url" if self.is_link else self.kind,
            "filled": self.filled,
            "distinct": min(self.filled, self.distinct.count()),
            "distinct_exact": self.distinct.exact,
            "in_tiles": in_tiles,
        }
        if self.is_category():
            most = self.frequencies.most(LISTED)
            said["categories"] = [{"value": value, "count": count} for value, count in most]
        if self.low is not None:
            said["min"], said["max"] = (_plain(value) for value in (self.low, self.high))
        if (
            self.kind in {"integer", "number"}
            and self.low is not None
            and self.high is not None
            and not is_identifier(self.name)
        ):
            said["quantiles"] = breaks.quantiles(self.numbers.values)
            said["quantiles_exact"] = self.numbers.exact
            said["equal"] = breaks.equal(*(float(value) for value in (self.low, self.high)))
        return said


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
