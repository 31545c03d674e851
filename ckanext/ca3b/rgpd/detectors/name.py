"""Names of people, told from those of places, bodies and works."""

from __future__ import annotations

from ckanext.ca3b.rgpd.names import CANDIDATE, PIECE, judge_all

from .base import Detector

DETECTOR = Detector(
    category="name",
    label="Nom d’une personne",
    ground="CRPA L312-1-2 ; RGPD art. 4",
    headers=(
        "nom",
        "prenom",
        "patronyme",
        "identite",
        "nom prenom",
        "nom famille",
        "nom naissance",
        "nom usage",
        "nom complet",
    ),
    candidate=CANDIDATE,
    pattern=PIECE,
    classify=judge_all,
    min_length=4,
    settled=("full", "titled"),
    examples=(
        ("nom", "DUPONT Jean", "full"),
        ("usager", "Mme Le Goff", "titled"),
        ("nom", "Marie-Claude de la Tour", "full"),
        ("demandeur", "Jean-Pierre LEFÈVRE", "full"),
        ("beneficiaire", "M. et Mme Durand", "titled"),
        ("observation", "vu avec Mme DUPONT au téléphone", "titled"),
    ),
    counter_examples=(
        ("lieu", "École Jules Ferry"),
        ("voie", "Rue Jean Jaurès"),
        ("nom", "Association Saint-Martin"),
        ("nom", "SARL Durand"),
        ("nom", "Victor Hugo"),
        ("objet", "Madame la Maire ouvre la séance"),
        ("nom", "Parc de la Tête d’Or"),
    ),
)
