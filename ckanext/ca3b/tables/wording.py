"""The rules of a column in French words: « Un nombre entier, de 0 à 100. » Read by clerks, never by code.

>>> from ckanext.ca3b.tables import schemas
>>> schemas.load("etalab-stationnement").field("type_usagers").expected
'Une valeur parmi : « tous » ou « abonnés ».'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from ckanext.ca3b.tables.schemas import Field

SHOWN_VALUES = 12
"""A list of values longer than this is cut in a sentence; the help sheet and the pages show it whole."""

NBSP = "\u00a0"

_PATTERNS = {
    r"^([013-9]\d|2[AB1-9])\d{3}$": "Un code Insee de commune : 5 caractères, sans espace, zéro de tête compris",
    r"^\d[AB\d]\d{3}$": "Un code Insee de commune : 5 caractères, sans espace, zéro de tête compris",
    r"^\d{14}$": "Un numéro SIRET : 14 chiffres, sans espace",
    r"^\d{9}$": "Un numéro SIREN : 9 chiffres, sans espace",
    r"^\d{5}$": "Un code postal : 5 chiffres, sans espace, zéro de tête compris",
    r"^W\d{9}$": "Un numéro RNA d’association : la lettre W suivie de 9 chiffres",
    r"^\d\.\d{1,2}$": "Un chiffre, un point, puis un ou deux chiffres",
    r"^(\d+|N/A)$": "Un nombre entier, ou N/A",
    r"^([013-9]\d|2[AB1-9])\d{3}-P-\d{3}$": "Un code Insee de commune, puis -P- et trois chiffres",
    r"^([013-9]\d|2[AB1-9])\d{3}-T-\d{3}$": "Un code Insee de commune, puis -T- et trois chiffres",
    r"^[0-9]{4}(\/[0-9]{4})?$": "Une année sur 4 chiffres, ou deux années séparées par une barre oblique",
    r"^[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?$": (
        "Une date AAAA-MM-JJ, ou deux dates séparées par une barre oblique"
    ),
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$": (
        "Une date et une heure avec le fuseau horaire : AAAA-MM-JJTHH:MM:SS puis Z ou +01:00"
    ),
    r"^[A-Za-z0-9_]+$": "Des lettres sans accent, des chiffres et des tirets bas, sans espace",
    r"^[a-zA-Z0-9]{9,14}$": "De 9 à 14 lettres ou chiffres, sans espace",
}
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SPACE = re.compile(" (?=[:;!?])")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_PHONE = re.compile(r"^\^\(\\\+33\|.*\(\\d\)\{6,9\}\$$")
_LIST = re.compile(r"^\(\?:\(\?:\^\|(?P<mark>\\\||,)\)\((?P<values>.*)\)\)\+\$$")
_DIRECTIVES = {"%Y": "AAAA", "%m": "MM", "%d": "JJ", "%H": "HH", "%M": "MM", "%S": "SS"}


def expected(field: Field) -> str:
    """What a cell of ``field`` must hold, in one French sentence; whether it may be empty is not told."""
    return typographic(f"{_sentence(field)}.")


def day_words(day: dt.date) -> str:
    """``1er février 2026``."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def typographic(text: str) -> str:
    """``text`` with the apostrophes and no-break spaces of French; between « » stands a value, left as it is."""
    parts = re.split("(«[^«»]*»)", text)
    parts[::2] = [_APOSTROPHE.sub("’", _SPACE.sub(NBSP, part)) for part in parts[::2]]
    parts[1::2] = [f"«{NBSP}{part[1:-1].strip()}{NBSP}»" for part in parts[1::2]]
    return "".join(parts)


def values_of(field: Field) -> tuple[str, ...]:
    """Every value a cell of ``field`` may hold, as written, when they make a list; else nothing."""
    if field.type == "boolean":
        return tuple(word for words in boolean_words(field) for word in words)
    return tuple(str(value) for value in field.constraints.get("enum", ()))


def boolean_words(field: Field) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for yes and those for no; the first of each is the one to write."""
    return field.true_values or ("true", "True", "TRUE", "1"), field.false_values or ("false", "False", "FALSE", "0")


def listed(values: Sequence[str], shown: int = SHOWN_VALUES) -> str:
    """``« a », « b » ou « c »``; beyond ``shown`` values, the first ones and how many there are."""
    quoted = [f"«{NBSP}{value}{NBSP}»" for value in values[:shown]]
    if len(values) > shown:
        return f"{', '.join(quoted)}… ({len(values)} valeurs)"
    return " ou ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _sentence(field: Field) -> str:
    if field.type in {"string", "integer", "number", "year", "date"} and "enum" in field.constraints:
        return f"Une valeur parmi : {listed(values_of(field))}"
    return _BY_TYPE.get(field.type, _text)(field)


def _text(field: Field) -> str:
    pattern = field.constraints.get("pattern")
    formats = {
        "uri": "Une adresse internet complète, qui commence par https:// ou http://",
        "email": "Une adresse électronique, comme contact@exemple.fr",
        "uuid": "Un identifiant UUID : 32 chiffres ou lettres de a à f, séparés par des tirets",
    }
    if field.pattern_words:
        said = field.pattern_words.rstrip(".")
    elif pattern is not None:
        said = _pattern(str(pattern), field.example)
    else:
        said = formats.get(field.format, "Un texte")
    return said + _length(field)


def _pattern(pattern: str, example: str) -> str:
    if pattern in _PATTERNS:
        return _PATTERNS[pattern]
    if _PHONE.match(pattern):
        return "Un numéro de téléphone international : +33 puis le numéro sans son premier zéro, sans espace"
    choices = _LIST.match(pattern)
    if choices and "^" not in choices["values"] and "\\1" not in choices["values"]:
        mark = "une barre verticale (|)" if "|" in choices["mark"] else "une virgule"
        values = [re.sub(r"\\(.)", r"\1", value) for value in choices["values"].split("|") if value]
        return f"Une ou plusieurs valeurs séparées par {mark}, sans espace autour, parmi : {listed(values)}"
    return f"Un texte de la même forme que {listed([example])}"


def _length(field: Field) -> str:
    least, most = field.constraints.get("minLength"), field.constraints.get("maxLength")
    if least and most:
        return f", de {least} à {most} caractères"
    if most:
        return f", {most} caractères au plus"
    return f", {least} caractères au moins" if least and least > 1 else ""


def _bounds(field: Field) -> str:
    least, most = (field.constraints.get(key) for key in ("minimum", "maximum"))
    if least is not None and most is not None:
        return f", de {least} à {most}"
    if least is not None:
        return ", zéro ou plus" if least == 0 else f", {least} ou plus"
    return f", {most} ou moins" if most is not None else ""


def _date(field: Field) -> str:
    form = {"default": "%Y-%m-%d", "any": ""}.get(field.format, field.format)
    if form == "%Y":
        return "Une année sur 4 chiffres" + _bounds(field)
    written = re.sub("%[A-Za-z]", lambda found: _DIRECTIVES.get(found[0], found[0]), form)
    return f"Une date {written}".rstrip() + _bounds(field)


def _datetime(field: Field) -> str:
    if field.format in {"default", "any"}:
        return "Une date et une heure : AAAA-MM-JJTHH:MM:SS" + _bounds(field)
    return f"Une date et une heure comme {listed([field.example])}" + _bounds(field)


def _boolean(field: Field) -> str:
    yes, no = boolean_words(field)
    return f"Oui ou non, écrit {listed([yes[0], no[0]])}"


def _geopoint(field: Field) -> str:
    if field.format == "array":
        return "Une longitude puis une latitude en degrés décimaux, entre crochets : [5.2290, 46.2070]"
    return "Une longitude puis une latitude en degrés décimaux, séparées par une virgule : 5.2290,46.2070"


_BY_TYPE: dict[str, Callable[[Field], str]] = {
    "string": _text,
    "integer": lambda field: "Un nombre entier" + _bounds(field),
    "number": lambda field: "Un nombre, avec un point avant les décimales" + _bounds(field),
    "year": lambda field: "Une année sur 4 chiffres" + _bounds(field),
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "geopoint": _geopoint,
    "array": lambda _: 'Une liste entre crochets, chaque valeur entre guillemets droits : ["a", "b"]',
}
