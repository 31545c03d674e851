"""Codes whose leading zeros a spreadsheet ate: put back when a key or an official list proves it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.checking.cross.keys import is_siren, is_siret
from ckanext.ca3b.tables.matching.words import words
from ckanext.ca3b.tables.values import SPACES

from .model import Rule

if TYPE_CHECKING:
    from ckanext.ca3b.tables.schemas import Field, TableSchema

    from .clues import Clues

# At most this many zeros were eaten: with more, a SIREN would pass for a SIRET.
_EATEN = 3
_CHECKS = {"french-siret-value": "siret", "french-siren-value": "siren"}
SCIENTIFIC = re.compile(r"[1-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")


def kind_of(field: Field, schema: TableSchema) -> str | None:
    """Say which code ``field`` holds: ``siret``, ``siren``, ``insee``, ``postal``, or ``None``."""
    if field.type != "string":
        return None
    for check in schema.cross_checks:
        if check.name in _CHECKS and check.params.get("column") == field.name:
            return _CHECKS[check.name]
    pattern = str(field.constraints.get("pattern", "")).strip("^$")
    said = {*words(field.name), *words(field.title)}
    if pattern == r"\d{14}" or (not pattern and "siret" in said and "siren" not in said and "rna" not in said):
        return "siret"
    if pattern == r"\d{9}" or (not pattern and "siren" in said):
        return "siren"
    if "insee" in said and field.constraints.get("maxLength", 5) == 5:
        return "insee"
    return "postal" if "postal" in said else None


def rules_for(field: Field, schema: TableSchema, clues: Clues) -> list[Rule]:
    """Give the rules of a column of codes; none for another column."""
    kind = kind_of(field, schema)
    if kind is None:
        return []
    if kind in {"siret", "siren"}:
        length, holds = (14, _is_siret) if kind == "siret" else (9, _is_siren)
        return [
            Rule("digits", lambda text: _compacted(text, holds)),
            Rule("zeros", lambda text: _padded(text, length, holds), valid_too=True),
        ]
    known = _insee_codes if kind == "insee" else _postal_codes
    # Where zeros were kept, four digits are a code of another country (1200 Genève), not an eaten zero.
    foreign = kind == "postal" and clues.kept_zeros
    return [
        Rule("digits", lambda text: text[:-2] if re.fullmatch(r"[0-9]{5}[.,]0", text) else None),
        Rule("zeros", lambda text: None if foreign else _five(text, clues.whole_codes, known), valid_too=True),
    ]


# What the rules above look at, to be found in whole columns at once.
_SHORT = "[0-9]{4}|[0-9]{6,8}|[0-9]{11,13}"
SUSPECT = rf"^\s*(?:{_SHORT})(?:[.,]0)?\s*$|[0-9][{SPACES}][0-9]"


def _digits(text: str) -> str:
    return re.sub(f"[{SPACES}]", "", re.sub(r"[.,]0$", "", text))


def _compacted(text: str, holds: _Test) -> str | None:
    digits = _digits(text)
    return digits if digits != text and digits.isdecimal() and holds(digits) else None


def _padded(text: str, length: int, holds: _Test) -> str | None:
    digits = _digits(text)
    if not (digits.isascii() and digits.isdecimal() and length - _EATEN <= len(digits) < length):
        return None
    padded = digits.zfill(length)
    return padded if holds(padded) else None


def _five(text: str, whole: bool, known: _Codes) -> str | None:
    if not re.fullmatch(r"[1-9][0-9]{3}(?:[.,]0)?", text):
        return None
    padded = "0" + text[:4]
    return padded if whole or padded in known() else None


_is_siret = lru_cache(maxsize=100_000)(is_siret)
_is_siren = lru_cache(maxsize=100_000)(is_siren)


def _epcis() -> Iterator[Epci]:
    from ckanext.ca3b.territory.core import all_epcis  # noqa: PLC0415 - half a second, for eaten zeros only

    return all_epcis()


@lru_cache(maxsize=1)
def _insee_codes() -> frozenset[str]:
    return frozenset(commune.insee_code for epci in _epcis() for commune in epci.members)


@lru_cache(maxsize=1)
def _postal_codes() -> frozenset[str]:
    return frozenset(code for epci in _epcis() for code in epci.postal_codes)


if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ckanext.ca3b.territory.core import Epci

    _Test = Callable[[str], bool]
    _Codes = Callable[[], frozenset[str]]
