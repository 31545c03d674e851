"""The description of a dataset: what in it looks like a person's, pointed out and never held.

Titles, descriptions, contacts and names of files are public at once, and indexed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from .decide import decide_text
from .policy import load_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .policy import Policy

# What may stand between the words of a name of a file: « liste_DUPONT-Jean.csv ».
_MARKS = re.compile(r"[_\-.+%20]+|\d+")
_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_TOLD = {
    "email": "Une adresse électronique de personne : préférez celle d’un service.",
    "phone": "Un numéro de téléphone de personne : préférez celui d’un service.",
    "name": "Le nom d’une personne : préférez sa fonction ou son service.",
}
_OTHER = "Une donnée personnelle : retirez-la."


@frozen
class Hint:
    """What looks like a person's: ``field`` as it was given, ``category`` of the detector, ``message`` in French."""

    field: str
    category: str
    message: str


def hints(
    texts: Mapping[str, str], file_names: Mapping[str, str] | None = None, policy: Policy | None = None
) -> list[Hint]:
    """Say which texts hold a person's data.

    :param texts: texts by field.
    :param file_names: names of files by field; their words are told apart first.
    """
    policy = policy or load_policy()
    wanted = dict(texts) | {field: words(name) for field, name in (file_names or {}).items()}
    found = []
    for field, text in wanted.items():
        if not text.strip():
            continue
        categories = dict.fromkeys(one.category for one in decide_text(field, [text], policy))
        found += [Hint(field, category, _TOLD.get(category, _OTHER)) for category in categories]
    return found


def words(name: str) -> str:
    """Return the words of the name of a file, without its extension."""
    return _MARKS.sub(" ", _FILE.sub("", name)).strip()
