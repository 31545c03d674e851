"""Headers as words: case, accents, separators, plurals and abbreviations put aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "°": "o"})
_STOP = frozenset("a au aux avec d de des du en et l la le les of on par sur dans the un une".split())  # noqa: SIM905 - read at a glance

# One way of writing per notion: abbreviations of business software, English of open standards, plain French.
_SAME = {
    "coll": "collectivite", "delib": "deliberation", "equip": "equipement", "etab": "etablissement",
    "adr": "adresse", "address": "adresse", "nb": "nombre", "nbr": "nombre", "nbre": "nombre", "number": "nombre",
    "qte": "quantite", "num": "numero", "no": "numero", "nr": "numero",
    "lat": "latitude", "ylat": "latitude", "lon": "longitude", "long": "longitude", "lng": "longitude",
    "xlong": "longitude", "coor": "coordonnee", "coord": "coordonnee",
    "identifiant": "id", "identifier": "id", "uid": "id", "ids": "id",
    "tel": "telephone", "phone": "telephone", "portable": "telephone",
    "mail": "email", "courriel": "email", "mel": "email",
    "libelle": "nom", "intitule": "nom", "name": "nom", "denomination": "nom",
    "com": "commune", "comm": "commune", "ville": "commune", "municipalite": "commune", "city": "commune",
    "url": "lien", "link": "lien", "www": "lien", "href": "lien",
    "an": "annee", "year": "annee", "exercice": "annee", "amount": "montant",
    "desc": "description", "descriptif": "description", "comment": "commentaire", "observation": "commentaire",
    "remarque": "commentaire", "info": "information",
    "gest": "gestionnaire", "proprio": "proprietaire", "install": "installation",
    "instal": "installation", "cat": "categorie", "categ": "categorie", "ref": "reference", "freq": "frequence",
    "publ": "publication", "start": "debut", "end": "fin",
}  # fmt: skip

# Several words for one notion, applied in turn on the words in their order.
_PHRASES = tuple(
    (tuple(words.split()), notion)
    for words, notion in (
        ("code postal", "postal"),
        ("cp", "postal"),
        ("mise jour", "maj"),
        ("date modification", "date maj"),
        ("numero siret", "siret"),
        ("code siret", "siret"),
        ("id siret", "siret"),
        ("numero siren", "siren"),
        ("code siren", "siren"),
        ("code officiel geographique", "insee"),
        ("cog", "insee"),
        ("code insee", "insee"),
        ("insee code", "insee"),
        ("numero insee", "insee"),
        ("code commune", "insee"),
        ("commune code", "insee"),
        ("insee commune", "insee"),
        ("commune insee", "insee"),
        ("adresse electronique", "email"),
        ("adresse email", "email"),
        ("adresse web", "lien"),
        ("adresse internet", "lien"),
        ("site web", "lien"),
        ("site internet", "lien"),
        ("numero telephone", "telephone"),
        ("personne mobilite reduite", "pmr"),
        ("personne handicapee", "pmr"),
        ("point recharge", "pdc"),
        ("point charge", "pdc"),
    )
)

# What any table may hold: these words alone say nothing about which one it is.
_ORDINARY = """
adresse age annee categorie code commentaire commune complement coordonnee creation date debut description email
etat fin geom geometrie heure horaire id information insee jour latitude libelle lien longitude maj mois montant
nature nom nombre numero objet postal prenom prix quantite reference service sexe site source statut telephone
theme titre total type unite valeur voie x y z
"""
ORDINARY = frozenset(_ORDINARY.split())


@lru_cache(maxsize=20_000)
def compact(text: str) -> str:
    """Give the letters and digits of ``text``, lower case, without accents: ``N° SIRET`` is ``nosiret``."""
    return re.sub(r"[^a-z0-9]+", "", _plain(text).lower())


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Give the meaning words of ``text`` in their order, one form for each notion.

    >>> words("Numéro SIRET de l'attribuant"), words("coll_siret"), words("dateConvention")
    (('siret', 'attribuant'), ('collectivite', 'siret'), ('date', 'convention'))
    """
    found = [_singular(part.lower()) for part in _PARTS.findall(_plain(text))]
    kept = [_SAME.get(word, word) for word in found if word not in _STOP] or found
    return tuple(_notions(kept))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith(("s", "eaux", "eux")) and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word


def _notions(found: list[str]) -> list[str]:
    for phrase, notion in _PHRASES:
        size = len(phrase)
        for start in range(len(found) - size + 1):
            if tuple(found[start : start + size]) == phrase:
                found = [*found[:start], *notion.split(), *found[start + size :]]
                break
    return found
