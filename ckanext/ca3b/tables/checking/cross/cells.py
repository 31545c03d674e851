"""Checks of one cell: keys of SIREN and SIRET, years, acts, opening hours, phone numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import frozen

from ckanext.ca3b.tables.checking.faults import Fault, Kind
from ckanext.ca3b.tables.checking.messages import quoted

from . import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .base import Setting, View

# Source: https://www.collectivites-locales.gouv.fr, nomenclature of the acts sent to the prefectures.
_DOMAINS = (
    "Commande publique",
    "Urbanisme",
    "Domaine et patrimoine",
    "Fonction publique",
    "Institutions et vie politique",
    "Libertés publiques et pouvoirs de police",
    "Finances locales",
    "Domaines de compétences par thèmes",
    "Autres domaines de compétences",
)
_LONGEST = 5_000
_REMEMBERED = 50_000


@frozen
class CellCheck:
    """Judges the distinct texts of one column: ``good`` is the rule, ``quick`` tells some good ones at once."""

    kind: Kind
    column: str
    good: Callable[[str], bool]
    quick: Callable[[pl.Series], pl.Series] | None = None
    of_header: str | None = None

    def faults(self, view: View) -> Iterator[Fault]:
        """Find the rows whose text is not good."""
        texts = view.texts(self.column)
        rest = texts if self.quick is None else texts.filter(~self.quick(texts))
        bad = [text for text in rest.drop_nulls().unique().to_list() if not self.good(text)]
        if bad:
            yield Fault(self.kind, texts.is_in(pl.Series(bad).implode()).arg_true())


def _made(
    setting: Setting,
    tell: Callable[[str], str],
    expected: str,
    good: Callable[[str], bool],
    quick: Callable[[pl.Series], pl.Series] | None = None,
) -> CellCheck | None:
    column = setting.column("column")
    if column not in setting.present:
        return None

    def message(value: str | None, _: Any) -> str:
        return tell(value or "")

    return CellCheck(setting.kind(column, message, expected), column, lru_cache(_REMEMBERED)(good), quick)


def siren(setting: Setting) -> CellCheck | None:
    """``french-siren-value``: the key of a SIREN."""
    return _made(
        setting,
        lambda value: f"{quoted(value)} n’est pas un numéro SIREN{_why(value, 9)}. Recopiez-le d’un document officiel.",
        "Un numéro SIREN existant\u00a0: 9 chiffres dont le dernier est une clé.",
        good=keys.is_siren,
        quick=keys.siren_rows,
    )


def siret(setting: Setting) -> CellCheck | None:
    """``french-siret-value``: the key of a SIRET."""
    return _made(
        setting,
        lambda value: (
            f"{quoted(value)} n’est pas un numéro SIRET{_why(value, 14)}. Recopiez-le d’un document officiel."
        ),
        "Un numéro SIRET existant\u00a0: 14 chiffres dont le dernier est une clé.",
        good=keys.is_siret,
        quick=keys.siret_rows,
    )


def _why(value: str, count: int) -> str:
    digits = re.sub(r"[\s.]", "", value)
    if not digits.isdecimal():
        return f"\u00a0: il faut {count} chiffres et rien d’autre"
    if len(digits) < count:
        zeros = "\u00a0; les zéros du début ont peut-être disparu" if count - len(digits) <= 2 else ""
        return f"\u00a0: il a {len(digits)} chiffres au lieu de {count}{zeros}"
    if len(digits) > count:
        return f"\u00a0: il a {len(digits)} chiffres au lieu de {count}"
    return "\u00a0: sa clé est fausse, un chiffre a été mal recopié"


def year_interval(setting: Setting) -> CellCheck | None:
    """``year-interval-value``: AAAA/AAAA, the second year after the first; AAAA alone when allowed."""
    alone = setting.params.get("allow-year-only") in ("true", "yes", True)

    def good(text: str) -> bool:
        found = re.match(r"^(\d{4})/(\d{4})$", text)
        if found:
            return int(found[1]) < int(found[2])
        return alone and re.match(r"^\d{4}$", text) is not None

    def tell(value: str) -> str:
        if re.match(r"^\d{4}/\d{4}$", value):
            return f"{quoted(value)}\u00a0: la seconde année doit suivre la première."
        return f"{quoted(value)} n’a pas la forme attendue. {expected}"

    expected = "Une année (2026), ou deux années (2026/2027)." if alone else "Deux années (2026/2027)."
    return _made(setting, tell, expected, good)


def nomenclature(setting: Setting) -> CellCheck | None:
    """``nomenclature-actes-value``: one of the nine domains, a slash without blanks around, whatever follows."""
    domains = {_plain(domain) for domain in _DOMAINS}

    def good(text: str) -> bool:
        domain, slash, _ = text.partition("/")
        return bool(slash) and _plain(domain) in domains and "/ " not in text

    def tell(value: str) -> str:
        domain, slash, _ = value.partition("/")
        if not slash:
            return f"{quoted(value)}\u00a0: il manque la barre oblique entre le domaine et le sous-domaine."
        if _plain(domain.rstrip()) in domains:
            return f"{quoted(value)}\u00a0: écrivez la barre oblique sans espace avant ni après."
        return (
            f"{quoted(domain)} n’est pas un domaine de la nomenclature des actes. "
            f"Domaines possibles\u00a0: {', '.join(_DOMAINS)}."
        )

    return _made(setting, tell, "Un domaine de la nomenclature des actes, une barre oblique, un sous-domaine.", good)


def _plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(char) != "Mn")


def opening_hours(setting: Setting) -> CellCheck | None:
    """``opening-hours-value``: the opening hours of OpenStreetMap."""

    def good(text: str) -> bool:
        import opening_hours  # noqa: PLC0415 - only schemas with hours need it

        return len(text) <= _LONGEST and opening_hours.validate(text)

    return _made(
        setting,
        lambda value: (
            f"{quoted(value)} n’est pas un horaire au format d’OpenStreetMap. Écrivez les jours en anglais abrégé "
            "(Mo, Tu, We, Th, Fr, Sa, Su), puis les heures\u00a0: "
            "«\u00a0Mo-Fr 08:00-12:00,14:00-18:00; Sa 09:00-12:00\u00a0», ou «\u00a024/7\u00a0»."
        ),
        "Des horaires au format d’OpenStreetMap (opening_hours).",
        good,
    )


def phone_number(setting: Setting) -> CellCheck | None:
    """``phone-number-value``: a French number, short ones included, or an international one."""
    return _made(
        setting,
        lambda value: (
            f"{quoted(value)} n’est pas un numéro de téléphone. Écrivez 10 chiffres (01 99 00 27 37), "
            "la forme internationale (+33 1 99 00 27 37) ou un numéro court (3949)."
        ),
        "Un numéro de téléphone français, international ou court.",
        _is_phone,
    )


def _is_phone(text: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - half a second and 8 MB, only for schemas with phones

    for region in ("FR", None):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or (region and phonenumbers.is_valid_short_number(number)):
            return True
    return False
