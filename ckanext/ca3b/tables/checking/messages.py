"""What is wrong with one cell, in French: the value, the rule, what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables.wording import NBSP, boolean_words, day_words, listed

from .columns import REQUIRED, TYPE
from .suggestions import doubtful_day, nearest, suggestion

if TYPE_CHECKING:
    from ckanext.ca3b.tables.schemas import Field

_SHOWN = 80
_AS = {
    "integer": "comme un nombre entier",
    "number": "comme un nombre",
    "date": "comme une date",
    "datetime": "comme une date avec son heure",
    "time": "comme une heure",
    "year": "comme une année",
    "yearmonth": "comme un mois",
    "duration": "comme une durée",
    "boolean": "comme un oui ou un non",
    "geopoint": "comme un point géographique",
    "geojson": "comme du GeoJSON",
    "array": "comme une liste",
    "object": "comme un objet JSON",
}
_FORMATS = {
    "uri": "n’est pas une adresse internet complète",
    "email": "n’est pas une adresse électronique",
    "uuid": "n’est pas un identifiant UUID",
    "binary": "n’est pas du contenu codé en base 64",
}


def quoted(text: str | None) -> str:
    """Give ``text`` between French quotes, cut when long."""
    shown = text or ""
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return f"«{NBSP}{shown}{NBSP}»"


def plural(count: int, word: str) -> str:
    """``1 caractère``, ``2 caractères``."""
    return f"{count}{NBSP}{word}{'s' if abs(count) > 1 else ''}"


def cell_message(field: Field, kind: str, value: str | None) -> str:
    """Tell what is wrong with ``value`` in the column of ``field``; ``kind`` is type, required or a constraint."""
    if kind == REQUIRED:
        return f"La cellule est vide, or la colonne {quoted(field.name)} est obligatoire. {_like(field)}"
    text = value or ""
    if kind == TYPE:
        return _type(field, text)
    return _broken(field, kind, text)


def _type(field: Field, text: str) -> str:
    if field.type == "string":
        return f"{quoted(text)} {_FORMATS.get(field.format, 'n’a pas la forme attendue')}. {_like(field)}"
    said = f"{quoted(text)} ne se lit pas {_AS.get(field.type, 'dans le type attendu')}."
    better = suggestion(field, text)
    if better is not None:
        if field.type == "date" and (day := doubtful_day(text)):
            return f"{said} S’il s’agit du {day_words(day)}, écrivez {quoted(better)}."
        return f"{said} Écrivez {quoted(better)}."
    if field.type == "boolean":
        yes, no = boolean_words(field)
        return f"{said} Écrivez {listed([yes[0], no[0]])}."
    return f"{said} {_like(field)}"


def _broken(field: Field, kind: str, text: str) -> str:
    rule: Any = field.constraints.get(kind)
    if kind == "minimum":
        return f"{quoted(text)} est trop petit{NBSP}: le minimum est {rule}."
    if kind == "maximum":
        return f"{quoted(text)} est trop grand{NBSP}: le maximum est {rule}."
    if kind in {"minLength", "maxLength"}:
        unit = "caractère" if field.type == "string" else "élément"
        has = (
            f"Le texte a {plural(len(text), unit)}, "
            if field.type == "string"
            else "La liste n’a pas la bonne taille, "
        )
        limit = "au moins" if kind == "minLength" else "au plus"
        return f"{has}il en faut {limit} {rule}."
    if kind == "enum":
        allowed = [str(item) for item in rule]
        close = nearest(text, allowed)
        advice = f"Écrivez {quoted(close)}." if close else f"Valeurs possibles{NBSP}: {listed(allowed)}."
        return f"{quoted(text)} n’est pas dans la liste des valeurs permises. {advice}"
    return f"{quoted(text)} n’a pas la forme attendue. {field.expected} {_like(field)}".rstrip()


def _like(field: Field) -> str:
    return f"Exemple{NBSP}: {quoted(field.example)}." if field.example else ""
