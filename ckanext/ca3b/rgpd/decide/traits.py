"""Sensitive data and free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.rgpd.detectors import DETECTORS
from ckanext.ca3b.rgpd.words import fold, vocabulary

from .case import Verdict

if TYPE_CHECKING:
    from .case import Case

_NUMERIC = r"^\s*-?[0-9]+(?:[.,][0-9]+)?\s*%?\s*$"


def health(case: Case) -> Verdict | None:  # noqa: PLR0911 - one case after another
    """A sensitive column about people, or texts that tell it."""
    column, context = case.column, case.context
    people = case.beside_people or context.micro
    if case.named("health") and not context.elected:
        if people:
            return case.all_rows("person")
        open_place = (
            context.things
            or context.regulated
            or context.facility
            or context.body
            or context.culture
            or case.known is not None
        )
        if context.private and not context.counts and not open_place:
            return case.all_rows("person" if context.record else "unsure")
        if not context.counts and not open_place and context.record and column.share(_NUMERIC) < 0.5:
            return case.all_rows("unsure")
        return None
    if (people or (context.private and context.record)) and not context.counts and _tells(case):
        return case.all_rows("person")
    said = column.count("health")
    wrote = DETECTORS["free_text"].named(case.header) or (case.about("free_text") and case.prose) or not case.header
    if said and (people or context.private) and (wrote or case.prose or case.kind == ""):
        return case.hits("text", "health")
    told = DETECTORS["free_text"].named(case.header) and said >= 2 and case.prose
    if told and not (case.open_place or context.things or context.counts or context.elected or case.known):
        return case.hits("text", "health")
    if (
        said
        and wrote
        and case.prose
        and column.count("name", ["titled", "full"])
        and not (context.culture or context.body)
    ):
        return case.hits("text", "health")
    return None


def _tells(case: Case) -> bool:
    """Tell whether a column of short values has sensitive ones among few: « maladie ordinaire », « longue maladie »."""
    column = case.column
    if case.prose or len(column.sample) > _MANY or column.longest > _SHORT or case.kind in {"person", "first"}:
        return False
    values = [fold(value) for value in column.sample]
    told = sum(any(stem in value for stem in _STEMS) for value in values)
    return told >= _SOME * len(values) > 0


# Long enough to be no part of another word.
_STEMS = tuple(sorted({fold(stem) for stem in vocabulary("sensitive")["stems"] if len(stem.strip()) > 6}))
_MANY, _SHORT, _SOME = 60, 60, 0.2


def free_text(case: Case) -> Verdict | None:
    """What was written about people."""
    column, context = case.column, case.context
    wrote = DETECTORS["free_text"].named(case.header)
    if not (wrote or (case.prose and case.about("free_text"))) or column.share(r"\s\S+\s\S+\s") < 0.1:
        return None
    kinds = {"name": ["titled", "full"], "phone": ["mobile"], "email": ["personal", "private-box"], "nir": ["keyed"]}
    found = sum(column.count(category, wanted) for category, wanted in kinds.items())
    found += column.count("iban") + column.count("birth_date")
    if context.culture or context.elected or case.known is not None:
        return None
    if (case.beside_people or context.micro) and (wrote or case.prose):
        return case.all_rows("hits" if found else "person")
    if found and wrote and not (context.facility or context.body):
        return Verdict("hits", min(found, column.filled), column.rows("name", ["titled", "full"]))
    if context.private and wrote and not (context.facility or context.body) and case.prose:
        return case.all_rows("person")
    return None
