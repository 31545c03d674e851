"""Numbers that follow one person: by a profession or a school (RPPS, INE, personnel number), or a home by its meter."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="professional_id",
    label="Identifiant qui suit une personne (école, travail, compteur du logement)",
    ground="CRPA L312-1-2, D312-1-3 ; RGPD art. 4",
    headers=(
        "rpps",
        "adeli",
        "ine",
        "identifiant national eleve",
        "numero etudiant",
        "numero eleve",
        "matricule",
        "matricule agent",
        "numero agent",
        "identifiant agent",
        "numen",
        # Points of delivery and meters: each is a home's, unless a public building's.
        "prm",
        "pdl",
        "pce",
        "point livraison",
        "point comptage",
        "reference mesure",
        "compteur",
        "linky",
        "gazpar",
    ),
    not_headers=(
        "vehicule",
        "bus",
        "engin",
        "nombre",
        "nb",
        "type",
        "date",
        "index",
        "index compteur",
        "velo",
        "diametre",
        "marque",
        "heure",
        "passage",
        "piece",
    ),
    value_test={
        # Fourteen digits for electricity and gas, GI and six digits for older gas points.
        "meter": r"^(?:[0-9]{2}[ .]?(?:[0-9]{3}[ .]?){4}|(?i:gi)[ ]?[0-9]{6})$",
        "number": r"^(?:[0-9]{9}[A-Za-z]{2}|[0-9]{10}[A-Za-z]|[0-9]{11}|[A-Za-z]?[0-9]{3,10}[A-Za-z]{0,3})$",
    },
    examples=(
        ("RPPS", "10003456789", "number"),
        ("INE", "080012345AB", "number"),
        ("PRM", "19432887100453", "meter"),
        ("pce", "GI153022", "meter"),
        ("matricule agent", "A01234", "number"),
    ),
    counter_examples=(
        ("matricule véhicule", "12345"),
        ("INE", "non"),
        ("code", "10003456789"),
        ("pdl", "pays de la loire"),
        ("nb compteurs", "19432887100453"),
    ),
)
