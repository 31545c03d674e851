"""The header of a table against the columns of a schema: by name, in whatever order, as Validata does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b.tables.model import Notice
from ckanext.ca3b.tables.wording import NBSP, listed

from .messages import quoted
from .model import CheckError
from .suggestions import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckanext.ca3b.tables.model import Table
    from ckanext.ca3b.tables.schemas import Field, TableSchema


@frozen
class Layout:
    """Which column of the table (by its name there) holds which field; the others; what is wrong with the header."""

    sources: Mapping[str, str]
    others: tuple[str, ...]
    errors: tuple[CheckError, ...]
    warnings: tuple[Notice, ...]


def layout(table: Table, schema: TableSchema) -> Layout:
    """Match the header of ``table`` with the fields of ``schema``, letter for letter but for blanks around."""
    labels = [(column.header or "").strip() for column in table.columns]
    sources: dict[str, str] = {}
    for label, column in zip(labels, table.columns, strict=True):
        if label in schema.field_names:
            sources.setdefault(label, column.name)
    used = set(sources.values())
    others = tuple(column.name for column in table.columns if column.name not in used)
    return Layout(
        sources, others, tuple(_errors(table, schema, labels)), tuple(_warnings(schema, labels, list(sources)))
    )


def _errors(table: Table, schema: TableSchema, labels: Sequence[str]) -> list[CheckError]:
    line = None if table.header_row is None else table.header_row + 1
    found = []

    def add(code: str, column: str | None, message: str, field: Field | None = None) -> None:
        expected = field.expected if field else ""
        example = field.example if field else ""
        found.append(CheckError(None, column, code, message, None, line, table.sheet, expected, example))

    if not any(label in schema.field_names for label in labels):
        add(
            "unmatched-header",
            None,
            f"Aucune colonne du fichier n’est une colonne du schéma {quoted(schema.title)}. Vérifiez la ligne des "
            f"noms de colonnes, ou choisissez un autre schéma. Colonnes attendues{NBSP}: {listed(schema.field_names)}.",
        )
    free = {folded(label): label for label in labels if label and label not in schema.field_names}
    for field in schema.fields:
        if field.name not in labels and (field.required or field.name in schema.primary_key):
            near = free.get(folded(field.name))
            advice = f"Renommez {quoted(near)}." if near else "Ajoutez-la et remplissez-la."
            add("missing-label", field.name, f"La colonne obligatoire {quoted(field.name)} manque. {advice}", field)
    counts = Counter(labels)
    seen: set[str] = set()
    for position, label in enumerate(labels, 1):
        if label and label in seen:
            add(
                "duplicate-label",
                label,
                f"Deux colonnes s’appellent {quoted(label)}. Seule la première est lue{NBSP}: supprimez ou renommez "
                f"la colonne {position}.",
            )
        elif not label and counts[""] > 1 and len(labels) > counts[""]:
            add("blank-label", None, f"La colonne {position} n’a pas de nom. Nommez-la ou supprimez-la.")
        seen.add(label)
    return found


def _warnings(schema: TableSchema, labels: Sequence[str], present: Sequence[str]) -> list[Notice]:
    found = []
    named = set(schema.field_names)
    extra = [label for label in dict.fromkeys(labels) if label and label not in named]
    for label in extra:
        message = f"La colonne {quoted(label)} n’est pas dans le schéma{NBSP}: elle est gardée et n’est pas vérifiée."
        found.append(Notice("extra-label", message, column=label))
    absent = [field.name for field in schema.fields if field.name not in labels and not field.required]
    for name in absent:
        if name not in schema.primary_key:
            message = f"La colonne facultative {quoted(name)} est absente."
            found.append(Notice("missing-label", message, column=name))
    if list(present) != [name for name in schema.field_names if name in present]:
        message = "Les colonnes ne sont pas dans l’ordre du schéma, ce qui est permis."
        found.append(Notice("label-order", message))
    return found
