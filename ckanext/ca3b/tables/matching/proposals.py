"""Scores: how much of the schema is there, how much of the file it explains, and whether values agree."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b.tables import schemas as known

from .index import Index, index_of
from .pairs import pair
from .samples import fit, sample
from .subjects import named_after
from .words import ORDINARY, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckanext.ca3b.tables.model import Table
    from ckanext.ca3b.tables.schemas import TableSchema

    from .index import Match

PLAUSIBLE = 0.45
"""Under this score nothing is proposed."""

# What makes the score, of 1: required columns there, headers of the file explained, all columns there.
_REQUIRED, _EXPLAINED, _COMPLETE = 0.55, 0.35, 0.10
# Columns which tell as much as this together are proof enough; less lowers the score in proportion.
_PROOF = 1.5
# Every column counts a little, however ordinary.
_FLOOR = 0.15
_UNKNOWN = 0.4
_FILE_NAME = 0.03
# A short file whose name or title says the subject of a schema, and at least this part of whose columns it explains,
# is proposed with a modest score, under what is put in force by itself: the clerk says whether it is.
_NAMED, _NAMED_MORE, _NAMED_PART = 0.46, 0.1, 0.5
# Values are looked at for the schemas which headers put first.
_LOOKED_AT = 8


@frozen
class Proposal:
    """A schema that a file may follow; ``score`` from 0 to 1, and two close scores are a doubt.

    ``missing`` are the required columns the file has not, ``renamed`` goes from a header of the file to the name
    it has in the schema, ``extra`` are headers the schema does not know, ``reason`` says it all in French.
    """

    schema: str
    title: str
    score: float
    missing: tuple[str, ...]
    renamed: Mapping[str, str]
    extra: tuple[str, ...]
    reason: str


def propose(
    table: Table, *, name: str | None = None, limit: int = 5, schemas: Sequence[TableSchema] | None = None
) -> list[Proposal]:
    """Give the schemas ``table`` probably follows, the likeliest first; an empty list when nothing is plausible.

    ``name`` is the name of the file, a hint. ``schemas`` are all of ours unless given.
    """
    if table.header_row is None and table.format not in {"json", "jsonl"}:
        return []
    candidates = known.all_schemas() if schemas is None else tuple(schemas)
    index = index_of(candidates)
    headers = [column.name for column in table.columns]
    found = {header: index.matches(header) for header in headers}
    rarity = {header: index.rarity(header, matches) for header, matches in found.items()}
    reached = sorted({match.schema for matches in found.values() for match in matches})
    by_headers = [(number, pair(number, found)) for number in reached]
    scores = {number: _score(index, number, pairs, rarity, {}) for number, pairs in by_headers}
    named = named_after(table, name, candidates)
    close = [
        (n, p)
        for n, p in by_headers
        if len(p) >= min(2, len(candidates[n].fields)) and (n in named or scores[n] > PLAUSIBLE / 2)
    ]
    close.sort(key=lambda item: (item[0] not in named, -scores[item[0]], item[0]))
    values = sample(table) if close else {}
    proposals = []
    for number, pairs in close[:_LOOKED_AT]:
        score = _score(index, number, pairs, rarity, values)
        if number in named and _agreeing(candidates[number], pairs, values) >= _NAMED_PART * len(headers):
            score = max(score, _NAMED + _NAMED_MORE * score)
        if score >= PLAUSIBLE:
            hint = _FILE_NAME if _named_after(name, candidates[number]) else 0
            proposals.append(_proposal(candidates[number], pairs, headers, min(1.0, score + hint)))
    proposals.sort(key=lambda proposal: (-proposal.score, proposal.schema))
    return proposals[:limit]


def load_schemas() -> None:
    """Read the schemas and all the ways of writing their columns, for who will soon propose one."""
    index_of(known.all_schemas())


def _agreeing(schema: TableSchema, pairs: Mapping[str, Match], values: Mapping[str, Sequence[str]]) -> int:
    """Count the headers that are columns of ``schema`` and whose values do not deny it."""
    fits = (fit(values.get(header, ()), schema.fields[match.field]) for header, match in pairs.items())
    return sum(found is None or found >= 0.5 for found in fits)


def _score(
    index: Index,
    number: int,
    pairs: Mapping[str, Match],
    rarity: Mapping[str, float],
    values: Mapping[str, Sequence[str]],
) -> float:
    schema, weights = index.schemas[number], index.weights[number]
    quality: dict[int, float] = {}
    proof = explained = 0.0
    for header, match in pairs.items():
        fits = fit(values.get(header, ()), schema.fields[match.field])
        good = match.sure * (1 if fits is None else 0.3 + 0.7 * fits)
        quality[match.field] = good
        proof += rarity[header] * good
        explained += (_FLOOR + rarity[header]) * good
    unknown = sum(_FLOOR + min(_UNKNOWN, rarity[header]) for header in rarity if header not in pairs)
    known_part = sum(_FLOOR + rarity[header] for header in pairs)
    required = [place for place, field in enumerate(schema.fields) if field.required]
    every = list(range(len(schema.fields)))
    score = (
        _REQUIRED * _covered(required or every, weights, quality)
        + _EXPLAINED * explained / ((known_part + unknown) or 1)
        + _COMPLETE * _covered(every, weights, quality)
    )
    return score * min(1.0, proof / _PROOF)


def _covered(places: Sequence[int], weights: Sequence[float], quality: Mapping[int, float]) -> float:
    whole = sum(_FLOOR + weights[place] for place in places)
    return sum((_FLOOR + weights[place]) * quality.get(place, 0) for place in places) / whole


def _named_after(name: str | None, schema: TableSchema) -> bool:
    if not name:
        return False
    subject = {word for text in (schema.title, *schema.keywords) for word in words(text)} - ORDINARY
    return bool(subject.intersection(words(PurePath(name).stem)))


def _proposal(schema: TableSchema, pairs: Mapping[str, Match], headers: Sequence[str], score: float) -> Proposal:
    names = {header: schema.fields[match.field].name for header, match in pairs.items()}
    present = set(names.values())
    required = [field.name for field in schema.fields if field.required]
    missing = tuple(name for name in required if name not in present)
    renamed = {header: names[header] for header in headers if header in names and names[header] != header}
    return Proposal(
        schema=schema.name,
        title=schema.title,
        score=round(score, 3),
        missing=missing,
        renamed=renamed,
        extra=tuple(header for header in headers if header not in names),
        reason=_reason(len(present), len(schema.fields), missing, len(required), len(renamed)),
    )


def _reason(present: int, total: int, missing: Sequence[str], required: int, renamed: int) -> str:
    parts = [f"{present} des {total} colonnes du schéma sont dans le fichier"]
    if missing:
        shown = ", ".join(f"«\u00a0{name}\u00a0»" for name in missing[:5]) + ("…" if len(missing) > 5 else "")
        kind = "colonne obligatoire manque" if len(missing) == 1 else "colonnes obligatoires manquent"
        parts.append(f"{len(missing)} {kind}\u00a0: {shown}")
    elif required:
        parts.append("aucune colonne obligatoire ne manque")
    if renamed:
        parts.append(f"{renamed} en-tête{'s' if renamed > 1 else ''} à renommer")
    return "\u00a0; ".join(parts) + "."
