"""The words of the harvest, in French: one label per code, and how numbers and lists are said in a sentence."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What a run concludes of one dataset, what needs somebody first.
VERDICTS = {
    "refused": "Non repris",
    "conflicting": "En conflit",
    "review": "À relire",
    "vanished": "Disparu à la source",
    "archived": "Archivé",
    "returned": "Revenu",
    "changed": "Modifié",
    "added": "Ajouté",
    "unchanged": "Inchangé",
}
#: What a verdict means for the dataset on the portal.
EXPLANATIONS = {
    "refused": "Leur fiche n’a pas pu être reprise\xa0: le rapport dit pourquoi.",
    "conflicting": "Une autre source publie le même jeu de données\xa0: rien n’est écrit avant votre choix.",
    "review": "Personne n’en tient de fiche\xa0: rien n’est publié avant votre relecture.",
    "vanished": "Ils ne sont plus dans le catalogue\xa0; ils restent en ligne, et c’est dit sur leur page.",
    "archived": "Absents au-delà du délai\xa0: archivés, avec leur adresse et leur historique.",
    "returned": "De nouveau dans le catalogue\xa0: ils reprennent leur adresse et leur historique.",
    "changed": "Leur fiche a changé dans le catalogue.",
    "added": "Nouveaux dans le catalogue.",
    "unchanged": "Rien n’a changé\xa0: rien n’est écrit.",
}
STATES = {
    "waiting": "En attente",
    "reading": "Lecture du catalogue",
    "planning": "Comparaison",
    "held": "À confirmer",
    "applying": "Écriture",
    "done": "Terminé",
    "failed": "En échec",
    "interrupted": "Interrompu",
    "cancelled": "Annulé",
    "unchanged": "Rien de nouveau",
}
CAUSES = {
    "night": "programmé",
    "hand": "lancé à la main",
    "cli": "lancé en ligne de commande",
    "preview": "aperçu",
}
SCHEDULES = {
    "daily": "chaque nuit",
    "weekly": "chaque semaine",
    "monthly": "chaque mois",
    "manual": "à la main seulement",
}
SOURCE_STATES = {"draft": "Brouillon", "active": "Active", "paused": "En pause"}
OUTCOMES = {"pending": "À faire", "done": "Fait", "failed": "En échec", "skipped": "Laissé de côté"}
SEVERITIES = {"error": "erreur", "warning": "à corriger", "info": "à savoir"}
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_SECRETS = re.compile(r"([?&](?:api_?key|key|token|access_token|secret|password|pass|pwd)=)[^&\s)»]+", re.IGNORECASE)
#: A severity before another one.
GRAVITY = {"error": 0, "warning": 1, "info": 2}


def label(words: Mapping[str, str], code: Any) -> str:
    """Return the word for a code; an unknown one as it is, for a newer row must not break an older page."""
    return words.get(str(code or ""), str(code or ""))


def number(value: float) -> str:
    """Write a number as French does: ``1 250``."""
    return format_decimal(value, locale="fr")


def counted(value: int, one: str, many: str) -> str:
    """Write a number and its noun: ``0 jeu``, ``1 jeu``, ``2 jeux``."""
    return f"{number(value)} {one if abs(value) < 2 else many}"


def listed(parts: Sequence[str], most: int = 0) -> str:
    """Join parts as in a sentence: ``a, b et c``; beyond ``most``, ``a, b et 3 autres``."""
    said = list(parts)
    if most and len(said) > most:
        rest = len(said) - most
        return f"{', '.join(said[:most])} et {rest} autre{'s' if rest > 1 else ''}"
    return " et ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def day(value: Any) -> str:
    """Write the day of a date, a datetime or an ISO 8601 text: ``22 novembre 2026``; ``""`` when there is none."""
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            return ""
    if not isinstance(value, dt.date):
        return ""
    said = format_date(value, "long", locale="fr")
    return said.replace("1", "1er", 1) if value.day == 1 else said


def cut(text: str, most: int) -> str:
    """Return a text on one line, cut at a word when it is longer than ``most`` characters."""
    said = " ".join(str(text).split())
    return said if len(said) <= most else said[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def get(row: Any, name: str, default: Any = None) -> Any:
    """Return a column of a row, given as a mapping (as the actions do) or as an object (as the model does)."""
    value = row.get(name) if hasattr(row, "get") else getattr(row, name, None)
    return default if value is None else value


def hushed(value: Any) -> Any:
    """Return a value whose texts are without the accounts and the keys that addresses may carry."""
    if isinstance(value, str):
        return _SECRETS.sub(r"\1…", _CREDENTIALS.sub("", value))
    if isinstance(value, dict):
        return {key: hushed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [hushed(one) for one in value]
    return value
