"""French names of the kinds of error, for counts and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "unmatched-header": "Aucune colonne du schéma",
    "missing-label": "Colonne obligatoire absente",
    "duplicate-label": "Colonne en double",
    "blank-label": "Colonne sans nom",
    "blank-row": "Ligne vide",
    "type-error": "Valeur mal écrite",
    "constraint-error": "Valeur contraire à une règle",
    "unique-error": "Valeur en double",
    "primary-key": "Identifiant vide ou en double",
    "french-siren-value": "Numéro SIREN faux",
    "french-siret-value": "Numéro SIRET faux",
    "year-interval-value": "Années mal écrites",
    "cohesive-columns-value": "Cellules à remplir ensemble",
    "compare-columns-value": "Colonnes contradictoires",
    "sum-columns-value": "Somme fausse",
    "nomenclature-actes-value": "Matière hors nomenclature",
    "one-of-required": "Une des deux cellules à remplir",
    "opening-hours-value": "Horaires mal écrits",
    "phone-number-value": "Numéro de téléphone faux",
}


def label(code: str) -> str:
    """Give the French name of ``code``; the code itself when it has none."""
    return LABELS.get(code, code)
