"""Combinations that single people out: no column is enough, several are."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="quasi_identifiers",
    label="Combinaison qui désigne une personne",
    ground="CRPA L312-1-2 ; avis WP216 (individualisation, corrélation, inférence)",
    headers=("age", "sexe", "genre", "annee naissance", "tranche age", "profession", "csp", "pcs", "metier", "situation familiale", "situation matrimoniale",
             "nationalite", "diplome", "quotient familial", "qf", "revenu", "classe", "niveau scolaire", "etat civil", "nombre enfant", "nb enfant",
             "composition familiale", "taille menage", "categorie socioprofessionnelle", "salaire", "pays naissance", "lieu naissance", "civilite", "grade", "anciennete", "regime alimentaire", "type repas"),
    not_headers=("moyen", "median", "taux", "part", "pct", "pourcentage", "minimum", "maximum", "batiment", "reseau", "arbre", "canalisation", "logement", "plantation", "energie",
                 "dpe", "route", "energetique", "emploi", "classement", "installation", "min", "max", "mini", "maxi", "public", "secteur", "vehicule", "zone"),
    value_test={"value": r"^\s*\S"},
    examples=(("âge", "42", "value"), ("situation familiale", "veuf", "value"), ("sexe", "F", "value")),
    counter_examples=(("âge moyen", "42"), ("classe DPE", "D"), ("commune", "Viriat")),
)
