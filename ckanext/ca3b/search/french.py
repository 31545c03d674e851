"""How French words are reduced to what they have in common: the rules that Solr and the synonyms compiler share.

The rules are data so that they can be written into Solr's schema (Java regular expressions) and applied here to the
synonyms file (Python ones) from one place. They undo number and gender only. Lucene's own French stemmers either leave
words under six letters alone (``FrenchMinimalStem``: "eaux" and "eau", "musées" and "musée" differ) or join words of
different meaning (``FrenchLightStem`` and Snowball: "stationnement" and "station", "porte" and "port").
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Letters and words that lose their vowel before another one; the list of Lucene's ``FrenchAnalyzer``.
ELIDED: frozenset[str] = frozenset(
    ("l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu")
)

#: The plurals of writing, for the spellchecker: what is left is still a word that can be shown.
PLURALS: tuple[str, ...] = (r"^(.{2,}[^s])s$", r"^(.+[eo]u)x$")

#: (pattern, replacement) applied in this order to lower-case words without accents; ``$1`` is the first group.
STEM_RULES: tuple[tuple[str, str], ...] = (
    (r"^(.{2,}[^s])s$", "$1"),  # écoles, rues, élus; not bus, gps
    (r"^(trav|b|vitr|cor|em)aux$", "$1ail"),  # travaux, baux
    (r"^(tuy|noy|joy)aux$", "$1au"),
    (r"^(.*e)aux$", "$1au"),  # eaux, réseaux
    (r"^(.{2,})aux$", "$1al"),  # municipaux, journaux; not taux
    (r"^(.+[eo]u)x$", "$1"),  # lieux, dangereux
    (r"^(.{3,})euse$", "$1eu"),  # dangereuse
    (r"^(.{3,}e)lle$", "$1l"),  # culturelle
    (r"^(.{3,}e)nne$", "$1n"),  # européenne
    (r"^(.{3,})ive$", "$1if"),  # sportive
    (r"^(.{3,})ere$", "$1er"),  # financière, conseillère
    (r"^(.{3,})ale$", "$1al"),  # municipale
    (r"^(.{2,}i)que$", "$1c"),  # publique
    (r"^(?!(?:ann|arm)ee$)(.{3,}e)e$", "$1"),  # classée, lycée; année is not Anne, armée is not arme
    (r"^(.{4,}[ae]nt)e$", "$1"),  # existante
    (r"^(.{3,}[ao]i)se$", "$1"),  # française
    (r"^(.{2,}ai)ne$", "$1n"),  # urbaine
    (r"^(vert|haut|petit|grand|ouvert|couvert|gratuit|bleu|elu|courant|plein)e$", "$1"),
)

_PYTHON_RULES = tuple((re.compile(pattern), replacement.replace("$", "\\")) for pattern, replacement in STEM_RULES)
#: What Solr's WordDelimiterGraphFilter cuts at: signs, letter next to digit, small letter before a capital.
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_CASE_CHANGE = re.compile(r"(?<=[a-zà-öø-ÿœ])(?=[A-ZÀ-ÖØ-ÞŒ])")
_ELISION = re.compile(r"^([^\W\d_]+)['’]")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def fold(text: str) -> str:
    """Return the text in lower case, without accents or ligatures ("Œuvres d'été" gives "oeuvres d'ete")."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def stem(word: str) -> str:
    """Return the common form of a folded word: singular and masculine where the spelling tells."""
    for pattern, replacement in _PYTHON_RULES:
        word = pattern.sub(replacement, word)
    return word


def singular(word: str) -> str:
    """Return a folded word without the s or x of its plural, as the spellchecker keeps it."""
    for pattern in PLURALS:
        word = re.sub(pattern, r"\1", word)
    return word


def analyse(text: str, stopwords: Iterable[str] = (), protected: Iterable[str] = ()) -> list[str]:
    """Return the words of a text as Solr's French query analyser gives them, before synonyms.

    ``stopwords`` and ``protected`` are folded words: the first are left out, the second are kept as they are written.
    """
    ignored, kept = frozenset(stopwords), frozenset(protected)
    words: list[str] = []
    for chunk in text.split():
        token = re.sub(r"^[\W_]+", "", chunk)
        elision = _ELISION.match(token)
        if elision and elision.group(1).lower() in ELIDED:
            token = token[elision.end() :]
        for part in _PARTS.findall(token):
            words.extend(fold(piece) for piece in _CASE_CHANGE.split(part))
    return [word if word in kept else stem(word) for word in words if word not in ignored]
