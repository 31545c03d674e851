"""The checks of Validata that look at more than Table Schema says, under the names schemas give them.

What each does on empty cells is what Validata does: a check of one cell leaves empty and unreadable cells alone; a
comparison or a sum wants all of its cells; only ``cohesive-columns-value`` and ``one-of-required`` look at emptiness,
for which an unreadable cell is empty and so is an absent column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables.schemas import SchemaError

from .base import CrossCheck, Setting, View
from .cells import nomenclature, opening_hours, phone_number, siren, siret, year_interval
from .rows import cohesive, comparison, one_of, total

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ckanext.ca3b.tables.schemas import TableSchema

__all__ = ["CHECKS", "CrossCheck", "View", "cross_checks", "verify"]

CHECKS: dict[str, Callable[[Setting], CrossCheck | None]] = {
    "cohesive-columns-value": cohesive,
    "compare-columns-value": comparison,
    "french-siren-value": siren,
    "french-siret-value": siret,
    "nomenclature-actes-value": nomenclature,
    "one-of-required": one_of,
    "opening-hours-value": opening_hours,
    "phone-number-value": phone_number,
    "sum-columns-value": total,
    "year-interval-value": year_interval,
}
_COLUMNS = ("column", "column1", "column2", "columns", "othercolumns")


def verify(schema: TableSchema) -> None:
    """Refuse a schema that asks for a check we do not have, or on a column it does not describe (`SchemaError`)."""
    for check in schema.cross_checks:
        if check.name not in CHECKS:
            raise SchemaError(
                f"Schéma « {schema.name} » : le contrôle « {check.name} » est inconnu. "
                f"Contrôles connus : {', '.join(CHECKS)}."
            )
        for name in _named(check.params):
            if name not in schema.field_names:
                raise SchemaError(
                    f"Schéma « {schema.name} » : le contrôle « {check.name} » nomme une colonne inconnue : « {name} »."
                )


def _named(params: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for key in _COLUMNS:
        value = params.get(key, [])
        found += [value] if isinstance(value, str) else value
    return found


def cross_checks(schema: TableSchema, present: Mapping[str, str]) -> list[CrossCheck]:
    """Give the checks of ``schema`` that apply to a table which has the columns ``present`` (field to column)."""
    verify(schema)
    found = []
    for order, check in enumerate(schema.cross_checks):
        made = CHECKS[check.name](Setting(schema, check.name, check.params, present, order))
        if made is not None:
            found.append(made)
    return found
