"""Numbers given to a person by a profession or a school: RPPS, ADELI, INE, personnel number."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="professional_id",
    label="Identifiant professionnel ou scolaire d’une personne",
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
    ),
    not_headers=("vehicule", "bus", "engin"),
    value_test={"number": r"^(?:[0-9]{9}[A-Za-z]{2}|[0-9]{10}[A-Za-z]|[0-9]{11}|[A-Za-z]?[0-9]{3,10}[A-Za-z]{0,3})$"},
    examples=(
        ("RPPS", "10003456789", "number"),
        ("INE", "080012345AB", "number"),
        ("matricule agent", "A01234", "number"),
    ),
    counter_examples=(("matricule véhicule", "12345"), ("INE", "non"), ("code", "10003456789")),
)
