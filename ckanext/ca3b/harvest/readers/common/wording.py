"""What is said to the people who keep a catalogue: what is wrong, where, and what to write instead."""

from __future__ import annotations

_SENTENCES = {
    "missing-identifier": "n’a pas d’identifiant : le portail lui en donne un, qui change avec son titre."
    " Donnez-lui un identifiant qui reste.",
    "missing-title": "n’a pas de titre. Écrivez-en un qui dise ce que sont les données, où et quand.",
    "missing-description": "n’a pas de description. Dites en quelques phrases ce que contiennent les fichiers.",
    "missing-license": "n’a pas de licence. Choisissez par exemple la Licence Ouverte 2.0.",
    "no-resource": "n’a ni fichier ni lien. Ajoutez-y l’adresse des données.",
    "unknown-license": "a une licence qui n’est pas reconnue : « {value} ». Donnez son adresse ou son nom officiel,"
    " par exemple « Licence Ouverte 2.0 ».",
    "unknown-theme": "a un thème qui n’est pas un thème européen : « {value} ». Il est gardé tel quel.",
    "unknown-frequency": "a une fréquence de mise à jour qui n’est pas reconnue : « {value} »."
    " Écrivez par exemple « annuelle », « mensuelle » ou « irrégulière ».",
    "unknown-language": "a une langue qui n’est pas reconnue : « {value} ». Écrivez son code, par exemple « fr ».",
    "unknown-access-rights": "a des droits d’accès qui ne sont pas reconnus : « {value} »."
    " Écrivez « public », « restreint » ou « non public ».",
    "unknown-format": "a un fichier d’un format qui n’est pas reconnu : « {value} ». Il est gardé tel quel.",
    "unreadable-date": "a une date qui ne peut pas être lue : « {value} ». Écrivez-la année-mois-jour,"
    " par exemple « 2025-01-31 ».",
    "unreadable-place": "a une emprise qui ne peut pas être lue : « {value} ». Donnez un rectangle (ouest, sud, est,"
    " nord, en degrés), un contour en GeoJSON ou le code INSEE de la commune.",
    "period-backwards": "a une période qui finit avant de commencer : « {value} ». Corrigez l’une des deux dates.",
    "resource-without-address": "a un fichier sans adresse (« {value} ») : il n’est pas repris."
    " Donnez l’adresse où il se télécharge.",
    "resource-bad-address": "a un fichier dont l’adresse n’est pas une adresse du web : « {value} »."
    " Elle doit commencer par https://.",
    "embedded-in-a-page": "est décrit dans le code d’une page du web : à relire avant publication.",
    "found-on-a-page": "a été trouvé sur une page du web, sans fiche qui le décrive : à relire avant publication.",
    "found-in-a-folder": "a été trouvé dans un dossier, sans fiche qui le décrive : à relire avant publication.",
}


def say(code: str, *, title: str, value: str = "", where: str = "") -> str:
    """Return the French sentence of a problem of the dataset ``title``, with the field ``where`` it is written."""
    subject = f"Le jeu de données « {title} »" if title else "Un jeu de données sans titre"
    place = f" (champ « {where} »)" if where else ""
    return f"{subject}{place} {_SENTENCES[code].format(value=value.replace('{', '(').replace('}', ')'))}"
