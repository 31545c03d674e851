"""What the name of an attribute says of it: a key, a place, a moment, a measure, a person, a title.

Words are compared without accents or case, whole: « num » is no part of « numerique ».
"""

from __future__ import annotations

import re
import unicodedata


def _any(*lines: str, more: str = "") -> re.Pattern[str]:
    """Give a pattern of whole words, some with an optional letter; ``more`` is another pattern to be tried."""
    words = "|".join(word.replace("_", " ") for line in lines for word in line.split())
    return re.compile(rf"\b(?:{words})\b" + (f"|{more}" if more else ""))


IDENTIFIER = _any(
    "id ids fid gid oid uid uuid guid objectid pk cle identifiant ident osm_id ref reference code codes cod num numero",
    "no nr insee siren siret rna finess uai ape naf cp postal postaux tel telephone telecopie fax epsg srid index rang",
    "ordre section parcelle cadastre matricule immatriculation version",
    more=r"^id[a-z]|[a-z]id$",
)
PLACE = _any(
    "x y z lat latitude lon lng long longitude coord coords coordonnees? easting northing geo geom geometry xcoord",
    "ycoord shape perimeter perimetre azimut rotation angle symbol layer epaisseur",
)
MOMENT = _any(
    "annee an year date dates millesime exercice mois month jour heure periode maj horodatage timestamp",
)
MEASURE = _any(
    "population pop habitants? nombre nb nbre nbr taux montant surface superficie aire area total somme moyenne",
    "capacite effectifs? densite prix cout part pourcentage pct places? puissance hauteur altitude longueur debit",
    "volume tonnage quantite budget depenses? recettes? frequentation trafic tmja valeur indice score note ratio",
    "lignes count menages? logements? emplois? revenus? consommation production emissions?",
)
RATIO = _any("taux part pourcentage pct prix moyenne mediane indice densite ratio score note altitude")
CATEGORY = _any(
    "type types categorie nature etat statut status famille classe class usage zone zonage typezone theme genre",
    "niveau secteur domaine activite mode gestion kind category materiau acces accessibilite pmr gratuit libelle",
)
#: What may hold people: their values are never listed, however few they are.
PERSON = _any(
    "nom noms name prenoms? patronyme contact contacts responsables? titulaires? presidente?s? directeur directrice",
    "gerante? proprietaires? agents? maire elue?s? auteur redacteur demandeur petitionnaire beneficiaires? locataires?",
    "occupant interlocuteur referent email mail courriel tel telephone portable mobile adresse adresses address rue",
    "voie naissance commentaires? observations? remarques? description",
)
#: What makes « nom » the name of a place or of a thing.
PUBLIC = _any(
    "commune communes com ville villes quartier epci departement region canton iris zone ligne reseau station arret",
    "secteur latin scientifique vernaculaire espece essence genre botanique",
)
#: Names of attributes that call a feature, the surest first.
TITLE = (
    re.compile("^(nom|name|libelle|intitule|titre|title|denomination|designation|label|stop name|nom usuel)$"),
    re.compile(r"^(nom|name|libelle|intitule|titre|denomination|designation)\b|\b(nom|name|lib|libelle)$"),
    _any("nom name libelle lib intitule titre title denomination designation toponyme enseigne raison_sociale"),
    _any("commune adresse voie rue lieu site station arret quartier description type"),
)
#: « nom » beside « prenom » calls a person.
FIRST_NAME = re.compile(r"\bprenoms?\b")
# What the names of columns lose of French.
_ACCENTS = {
    unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode(): word
    for line in (
        "année numéro catégorie dénomination désignation libellé téléphone état capacité densité département activité",
        "accessibilité matériau référence région école élèves intitulé propriété propriétaire équipement réseau arrêté",
        "espèce prénom qualité quantité durée fréquence fréquentation énergie électrique élevé établissement étage",
        "débit début modèle système sécurité santé médiathèque bibliothèque arrêt véhicule vélo",
    )
    for word in line.split()
}


def plain(name: str) -> str:
    """Give a name in lower case ASCII, its words parted by single spaces: ``NbPlaces`` is ``nb places``."""
    parted = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-Z][a-z])|(?<=[a-zà-ÿ])(?=[A-Z])", " ", name)
    spelt = unicodedata.normalize("NFKD", parted.replace("%", " pourcentage ").replace("’", " "))
    return " ".join(re.findall(r"[a-z]+|[0-9]+", spelt.encode("ascii", "ignore").decode().lower()))


def label(name: str) -> str:
    """Give a name as a reader likes it: ``NB_PLACES_PMR`` is ``Nb places pmr``, « Nom usuel » stays."""
    if " " in name.strip():
        return name.strip()
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", name).replace("_", " ").strip()
    words = [
        word if word.isupper() and len(word) <= 3 and not name.isupper() else word.lower() for word in parted.split()
    ]
    text = " ".join(_ACCENTS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]


def is_identifier(name: str) -> bool:
    """Tell whether an attribute is a key or a code, of which no order or amount means anything."""
    return bool(IDENTIFIER.search(plain(name)))


def is_measure(name: str, kind: str) -> bool:
    """Tell whether an attribute of type ``kind`` may be an amount: a number that is no key, place or moment."""
    key = plain(name)
    if kind not in {"integer", "number"} or PLACE.search(key) or MOMENT.search(key):
        return False
    return not IDENTIFIER.search(key) or bool(MEASURE.search(key) and not re.search(r"\b(code|cod|id|insee)\b", key))
