"""Every way of writing every column of every schema, ready to be looked up."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .words import ORDINARY, compact, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ckanext.ca3b.tables.schemas import TableSchema

# How sure each way of writing makes us that a header is that column.
EXACT, NAME, TITLE, NAME_WORDS, TITLE_WORDS, TYPO, SHORT = 1.0, 0.97, 0.92, 0.9, 0.88, 0.84, 0.75
ORDINARY_WEIGHT, ORDINARY_LIMIT = 0.25, 0.6
# A word that begins this many columns of a schema is the name of its subject (DELIB_, menu, EQUIP_).
_PREFIX_COLUMNS = 5


@frozen
class Match:
    """A header may be the column number ``field`` of schema number ``schema``; ``sure`` from 0 to 1."""

    schema: int
    field: int
    sure: float


@frozen
class Index:
    """Lookup tables; ``weights`` says per schema and column how much finding it tells, from 0 to 1."""

    schemas: tuple[TableSchema, ...]
    by_compact: dict[str, list[Match]]
    by_words: dict[frozenset[str], list[Match]]
    weights: tuple[tuple[float, ...], ...] = field(default=())

    def matches(self, header: str) -> list[Match]:
        """Give the columns that ``header`` may be, the surest way for each."""
        key = compact(header)
        best: dict[tuple[int, int], float] = {}

        def keep(match: Match, sure: float) -> None:
            place = match.schema, match.field
            best[place] = max(best.get(place, 0), sure)

        for match in self.by_compact.get(key, ()):
            exact = header == self.schemas[match.schema].fields[match.field].name
            keep(match, EXACT if exact else match.sure)
        for match in self.by_words.get(frozenset(words(header)), ()):
            keep(match, match.sure)
        known = {schema for schema, _ in best}
        said = set(words(header))
        for near, distance in self._near(key):
            for match in self.by_compact[near]:
                if match.schema not in known and not self._word_apart(said, match):
                    keep(match, TYPO - 0.04 * distance - (NAME - match.sure))
        return [Match(schema, place, sure) for (schema, place), sure in best.items()]

    def rarity(self, header: str, found: Iterable[Match]) -> float:
        """Say how much ``header`` tells: little when many schemas have it, or when any table may."""
        return _weight(words(header), len({match.schema for match in found}), len(self.schemas))

    def _word_apart(self, said: set[str], match: Match) -> bool:
        """Tell whether a whole word was added or left out, which is no typing mistake."""
        column = self.schemas[match.schema].fields[match.field]
        meant = set(words(column.name if match.sure == NAME else column.title))
        return said < meant or said > meant

    def _near(self, key: str) -> list[tuple[str, float]]:
        """Give the keys one typing mistake away, two for a long one; digits are never mistaken."""
        allowed = 0 if len(key) < 5 else 1 if len(key) < 10 else 2
        if not allowed:
            return []
        near = extract(key, self.by_compact.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None)
        digits = [char for char in key if char.isdigit()]
        return [(k, d) for k, d, _ in near if d and [char for char in k if char.isdigit()] == digits]


@frozen(eq=False)
class _These:
    """Schemas as a key of a cache: the very same ones, for they hold what cannot be hashed."""

    schemas: tuple[TableSchema, ...]

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.schemas)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _These) and [*map(id, self.schemas)] == [*map(id, other.schemas)]


def index_of(schemas: tuple[TableSchema, ...]) -> Index:
    """Give the index of ``schemas``: a few milliseconds the first time, then kept."""
    return _built(_These(schemas))


@lru_cache(maxsize=64)
def _built(these: _These) -> Index:
    schemas = these.schemas
    by_compact: dict[str, list[Match]] = defaultdict(list)
    by_words: dict[frozenset[str], list[Match]] = defaultdict(list)
    for number, schema in enumerate(schemas):
        short = _short_names(schema)
        for place, column in enumerate(schema.fields):
            by_compact[compact(column.name)].append(Match(number, place, NAME))
            by_compact[compact(column.title)].append(Match(number, place, TITLE))
            by_words[frozenset(words(column.name))].append(Match(number, place, NAME_WORDS))
            by_words[frozenset(words(column.title))].append(Match(number, place, TITLE_WORDS))
            if short[place]:
                by_words[short[place]].append(Match(number, place, SHORT))
    bare = Index(schemas, dict(by_compact), dict(by_words))
    return Index(schemas, bare.by_compact, bare.by_words, tuple(_weights(bare, schema) for schema in schemas))


def _weights(index: Index, schema: TableSchema) -> tuple[float, ...]:
    found = []
    for column in schema.fields:
        same = [*index.by_compact[compact(column.name)], *index.by_words[frozenset(words(column.name))]]
        found.append(_weight(words(column.name), len({match.schema for match in same}), len(index.schemas)))
    return tuple(found)


def _weight(said: Sequence[str], schemas: int, total: int) -> float:
    rarity = math.log((1 + total) / max(schemas, 1)) / math.log(1 + total) if total > 1 else 1.0
    ordinary = all(word in ORDINARY or word.isdigit() for word in said)
    return rarity * (min(ORDINARY_WEIGHT * len(said), ORDINARY_LIMIT) if ordinary else 1)


def _short_names(schema: TableSchema) -> list[frozenset[str]]:
    """Give each name without the word that begins many of them, when no other column is called so."""
    firsts = Counter(words(column.name)[:1] for column in schema.fields)
    shorts = [
        frozenset(said[1:]) if len(said) > 1 and firsts[said[:1]] >= _PREFIX_COLUMNS else frozenset()
        for said in (words(column.name) for column in schema.fields)
    ]
    taken = Counter(shorts)
    full = {frozenset(words(text)) for column in schema.fields for text in (column.name, column.title)}
    return [short if taken[short] == 1 and short not in full else frozenset() for short in shorts]
