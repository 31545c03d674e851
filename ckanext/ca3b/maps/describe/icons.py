"""Which icon a layer of points deserves: what its name, its attributes and its values say it is."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from attrs import frozen

from .words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .columns import Column

#: Share of the features whose values must call for one icon.
_AGREE = 0.6
#: Attributes whose values say what features are.
_TELLING = re.compile(
    r"\b(type|types|categorie|nature|famille|theme|libelle|nom|name|designation|equipement|usage|genre)\b"
)


@frozen
class Icon:
    """An icon: ``path`` is a filled SVG path in a square of 15 × 15 units; ``words`` call it."""

    code: str
    label: str
    words: tuple[str, ...]
    path: str


@lru_cache(maxsize=1)
def icons() -> dict[str, Icon]:
    """Give every icon by its code, in the order of ``icons.yaml``."""
    entries = yaml.safe_load(Path(__file__).with_name("icons.yaml").read_text("utf-8"))
    return {each["code"]: Icon(each["code"], each["label"], tuple(each["words"]), each["path"]) for each in entries}


def choose_icon(name: str, columns: Sequence[Column]) -> str | None:
    """Give the code of the icon of a layer of points, None when nothing calls for one.

    The name of the layer decides; else the values, when most features agree; else the names of attributes.
    """
    return icon_of(name) or _by_values(columns) or _by_attributes(column.name for column in columns)


def icon_of(text: str) -> str | None:
    """Give the code of the icon that the words of ``text`` call, None when none does; the longest words win."""
    key = " ".join(_singular(word) for word in plain(text).split())
    best = max(
        ((len(word), code) for word, code in _words() if f" {word} " in f" {key} "),
        default=None,
        key=lambda each: each[0],
    )
    return best[1] if best else None


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    return tuple(
        (" ".join(_singular(part) for part in word.split()), icon.code)
        for icon in icons().values()
        for word in icon.words
    )


def _by_values(columns: Sequence[Column]) -> str | None:
    for column in columns:
        if column.kind != "text" or not _TELLING.search(plain(column.name)):
            continue
        counts: dict[str, int] = {}
        for value, count in column.frequencies.most(200):
            if code := icon_of(str(value)[:200]):
                counts[code] = counts.get(code, 0) + count
        if counts and (best := max(counts, key=lambda code: counts[code])) and counts[best] >= _AGREE * column.filled:
            return best
    return None


def _by_attributes(names: Iterable[str]) -> str | None:
    """An attribute in two tells what the features are: one that mentions a school does not."""
    counts: dict[str, int] = {}
    total = 0
    for name in names:
        total += 1
        if code := icon_of(name):
            counts[code] = counts.get(code, 0) + 1
    best = max(counts, key=lambda code: counts[code], default=None)
    return best if best and (counts[best] >= 3 or (counts[best] >= 2 and total <= 8)) else None


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
