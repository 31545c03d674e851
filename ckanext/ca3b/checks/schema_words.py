"""A table schema in plain French: what each column must hold, and the rules across columns.

Imports nothing of the portal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables import wording

if TYPE_CHECKING:
    from ckanext.ca3b.tables.schemas import Check, Field, TableSchema

_RULES = {
    "french-siren-value": "Le numéro SIREN doit exister en principe : sa clé de contrôle est vérifiée.",
    "french-siret-value": "Le numéro SIRET doit exister en principe : sa clé de contrôle est vérifiée.",
    "year-interval-value": "L’intervalle d’années s’écrit AAAA/AAAA, la première avant la seconde.",
    "cohesive-columns-value": "Ces cellules sont toutes remplies, ou toutes vides.",
    "compare-columns-value": "Les valeurs de ces colonnes ne doivent pas se contredire.",
    "sum-columns-value": "La somme doit être exacte.",
    "nomenclature-actes-value": "La matière est l’une de la nomenclature nationale des actes.",
    "one-of-required": "Au moins une de ces cellules est remplie.",
    "opening-hours-value": "Les horaires s’écrivent comme dans OpenStreetMap : Mo-Fr 08:30-12:00,13:30-17:00.",
    "phone-number-value": "Le numéro de téléphone doit être complet.",
}


def columns(schema: TableSchema) -> list[dict[str, Any]]:
    """Return ``{name, title, description, expected, example, required, unique, values}`` for each column."""
    return [
        {
            "name": field.name,
            "title": field.title,
            "description": field.description,
            "expected": wording.expected(field),
            "example": field.example,
            "required": field.required,
            "unique": field.constraints.get("unique") is True or schema.primary_key == (field.name,),
            "values": _values(field),
        }
        for field in schema.fields
    ]


def rules(schema: TableSchema) -> list[dict[str, Any]]:
    """Return ``{words, columns}`` for each rule across cells."""
    made = [{"words": _RULES.get(check.name, ""), "columns": _columns(check)} for check in schema.cross_checks]
    if len(schema.primary_key) > 1:
        together = "Ces colonnes, ensemble, désignent une seule ligne : jamais deux fois les mêmes valeurs."
        made.append({"words": together, "columns": list(schema.primary_key)})
    return [one for one in made if one["words"]]


def _values(field: Field) -> list[str]:
    values = list(wording.values_of(field)) if "enum" in field.constraints else []
    return values if len(values) > wording.SHOWN_VALUES else []


def _columns(check: Check) -> list[str]:
    found: list[str] = []
    for key, value in check.params.items():
        if "column" not in key:
            continue
        found += [value] if isinstance(value, str) else [one for one in value or [] if isinstance(one, str)]
    return found
