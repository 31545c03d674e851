"""Counts of people so small that they speak of somebody, in statistics on sensitive matters."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="small_cells",
    label="Petits effectifs",
    ground="Secret statistique, loi n° 51-711 ; seuil de 11 des statistiques sociales, fiscales et de santé",
    headers=(
        "nombre",
        "nb",
        "effectif",
        "total",
        "beneficiaire",
        "allocataire",
        "nbre",
        "personne",
        "patient",
        "cas",
        "deces",
        "victime",
        "demandeur emploi",
        "foyer",
        "menage",
        "femme",
        "homme",
        "enfant",
    ),
    not_headers=(
        "taux",
        "part",
        "pct",
        "pourcentage",
        "montant",
        "euro",
        "place",
        "lit",
        "annee",
        "moyenne",
        "moyen",
        "surface",
        "code",
        "id",
        "numero",
    ),
    value_test={"small": r"^(?:[1-9]|10)(?:[.,]0+)?$"},
    examples=(("nb_beneficiaires_rsa", "3", "small"), ("effectif", "10", "small")),
    counter_examples=(("nb_beneficiaires_rsa", "11"), ("effectif", "0"), ("taux", "3")),
)
