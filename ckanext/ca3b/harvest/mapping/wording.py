"""What is said of a value that no field of the portal takes: where it is, what is wrong, what to write instead."""

from __future__ import annotations

import re
from functools import cache

_SENTENCES = {
    "missing-title": "n’a pas de titre. Écrivez-en un qui dise ce que sont les données, où et quand.",
    "title-too-long": "a un titre de plus de {value} caractères : il est coupé. Écrivez-en un qui tienne sur une ligne"
    " et mettez le reste dans la description.",
    "bad-email": "a une adresse électronique qui n’en est pas une : « {value} ». Écrivez par exemple"
    " « donnees@mairie.fr ».",
    "bad-link": "a une adresse du web qui n’en est pas une : « {value} ». Écrivez-la en entier, par exemple"
    " « https://www.mairie.fr/page ».",
    "unreadable-date": "a une date qui ne peut pas être lue : « {value} ». Écrivez-la année-mois-jour,"
    " par exemple « 2025-01-31 ».",
    "period-backwards": "a une période qui finit avant de commencer : « {value} ». Corrigez l’une des deux dates.",
    "unknown-license": "a une licence qui n’est pas reconnue : « {value} ». Donnez son adresse ou son nom officiel,"
    " par exemple « Licence Ouverte 2.0 ».",
    "unknown-theme": "a un thème qui n’est dans aucune liste officielle : « {value} ». Choisissez un thème européen,"
    " par exemple « Environnement ».",
    "unknown-frequency": "a une fréquence de mise à jour qui n’est pas reconnue : « {value} »."
    " Écrivez par exemple « annuelle », « mensuelle » ou « irrégulière ».",
    "unknown-language": "a une langue qui n’est pas reconnue : « {value} ». Écrivez son code, par exemple « fr ».",
    "unknown-access-rights": "a des droits d’accès qui ne sont pas reconnus : « {value} »."
    " Écrivez « public », « restreint » ou « non public ».",
    "unknown-hvd-category": "a une catégorie de données de forte valeur qui n’est pas reconnue : « {value} »."
    " Donnez l’adresse d’une catégorie du règlement (UE) 2023/138.",
    "unknown-status": "a un fichier dont l’état n’est pas reconnu : « {value} ». Donnez une valeur de la liste"
    " européenne, par exemple « COMPLETED ».",
    "unknown-availability": "a un fichier dont la disponibilité prévue n’est pas reconnue : « {value} »."
    " Donnez une valeur de la liste européenne, par exemple « STABLE ».",
    "hvd-license": "est dit de forte valeur, mais sa licence (« {value} ») est plus stricte que le règlement (UE)"
    " 2023/138 ne le permet. Choisissez la Licence Ouverte 2.0, ou retirez la catégorie.",
    "bad-keyword": "a un mot-clé d’une seule lettre : « {value} ». Écrivez un mot entier.",
    "long-keyword": "a un mot-clé de plus de cent caractères : « {value} ». Il est coupé : écrivez des mots-clés"
    " séparés.",
    "unreadable-place": "a une emprise qui ne peut pas être dessinée : « {value} ». Donnez un rectangle (ouest, sud,"
    " est, nord, en degrés), un contour en GeoJSON ou le code INSEE de la commune.",
    "foreign-commune": "parle d’une commune qui n’est pas du territoire : « {value} ». Vérifiez le code INSEE.",
    "bad-number": "a un nombre qui ne peut pas être lu : « {value} ». Écrivez-le en chiffres, par exemple « 5 »"
    " ou « 0.5 ».",
    "long-version": "a un numéro de version de plus de cent caractères : « {value} ». Écrivez par exemple « 2025-2 ».",
    "long-format": "a un fichier dont le format est un texte trop long : « {value} ». Écrivez par exemple « CSV ».",
    "resource-bad-address": "a un fichier dont l’adresse n’est pas une adresse du web : « {value} »."
    " Elle doit commencer par https://. Il n’est pas repris.",
    "kept-aside": "dit aussi ce que le portail ne montre pas : {value}. C’est gardé avec la fiche lue, rien n’est"
    " perdu ; pour que chacun le voie, écrivez-le dans la description.",
}


#: What has no field with us, by the names of the most usual formats.
_ASIDE = {
    "contact.phone": "le téléphone du contact",
    "publisher.phone": "le téléphone de l’éditeur",
    "license": "la licence",
    "resources.license": "la licence de certains fichiers",
    "dct:title": "le titre dans d’autres langues",
    "dct:description": "la description dans d’autres langues",
    "resources.dct:title": "les noms des fichiers dans d’autres langues",
    "resources.dct:description": "les descriptions des fichiers dans d’autres langues",
    "dct:rightsHolder": "le titulaire des droits (dct:rightsHolder)",
    "dct:subject": "les sujets (dct:subject)",
    "dcat:contactPoint": "les autres contacts (dcat:contactPoint)",
    "dct:publisher": "les autres éditeurs (dct:publisher)",
}
_NAMED = 8


def aside(names: list[str]) -> str:
    """Return a list of what has no field, the first ones by name."""
    said = [_ASIDE.get(name, name) for name in names[:_NAMED]]
    more = len(names) - len(said)
    return ", ".join(said) + (f" et {more} autre{'s' if more > 1 else ''}" if more else "")


def say(code: str, *, title: str, value: str = "", where: str = "") -> str:
    """Return the French sentence of a problem of the dataset ``title``, with the field ``where`` it is written."""
    subject = "Le jeu de données « {title} »" if title else "Un jeu de données sans titre"
    place = " (champ « {where} »)" if where else ""
    return _typed(f"{subject}{place} {_SENTENCES[code]}").format(title=title, where=where, value=value)


@cache
def _typed(template: str) -> str:
    """Return a sentence with the spaces that French does not break; values are left as they were written."""
    return re.sub(r"(?<=«) | (?=[»:;])", "\xa0", template)
