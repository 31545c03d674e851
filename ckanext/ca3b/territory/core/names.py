"""Names of places, compared as people write them: without accents, case, hyphens or abbreviations."""

from __future__ import annotations

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})

# Abbreviations of whole words met in real catalogues.
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}

ARTICLES = ("le", "la", "les", "l")

# "Mairie de Viriat", "Commune d'Attignat", "Ville du Creusot" name the commune.
PREFIX = re.compile(r"^(?:(?:la )?(?:mairie|commune|ville)) (?:de la|de l|de|du|des|d) ")


def normalise(name: str) -> str:
    """Return the comparison key of a place name: lower case ASCII letters and digits, single spaces.

    ``Saint-Étienne-du-Bois``, ``st etienne du bois`` and ``SAINT ETIENNE DU BOIS`` give one key;
    so do ``Creusot (Le)`` and ``Le Creusot``. Applying it twice changes nothing.
    """
    text = unicodedata.normalize("NFKD", name.translate(LIGATURES))
    text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    # "Dompierre s/ Veyle" is "Dompierre-sur-Veyle".
    text = re.sub(r"\bs/s\b", " sous ", text)
    text = re.sub(r"\bs/", " sur ", text)
    if trailing := re.fullmatch(r"\s*(.+?)\s*\((l[ea]s?|l['’])\)\s*", text):
        text = f"{trailing[2]} {trailing[1]}"
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def variants(name: str) -> tuple[str, ...]:
    """Return the keys to try for a name, the most faithful first.

    The key itself, then without "commune de", then without a leading article: "Mairie du
    Creusot" finds "Le Creusot" once the article of both is dropped.
    """
    key = normalise(name)
    keys = [key]
    short = PREFIX.sub("", key)
    if short != key:
        keys.append(short)
    keys.append(without_article(short))
    return tuple(dict.fromkeys(keys))


def without_article(key: str) -> str:
    """Return a normalised key without its leading article, if something remains."""
    first, _, rest = key.partition(" ")
    return rest if rest and first in ARTICLES else key


def slugify(name: str) -> str:
    """Return the address of a place: its comparison key with hyphens, ``saint-denis-les-bourg``."""
    return normalise(name).replace(" ", "-")
