"""The sheet « Aide » of a model: each column in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.tables import wording

if TYPE_CHECKING:
    import xlsxwriter

    from ckanext.ca3b.tables.schemas import Field, TableSchema

NAME = "Aide"
_COLUMNS = (
    ("Colonne", 28),
    ("Titre", 30),
    ("Explication", 60),
    ("Obligatoire", 12),
    ("Ce qu’il faut écrire", 50),
    ("Exemple", 32),
    ("Valeurs admises", 50),
)


def write_aid(book: xlsxwriter.Workbook, schema: TableSchema) -> None:
    """Add the sheet to ``book``: what the table is, then a row per column."""
    sheet = book.add_worksheet(NAME)
    title = book.add_format({"bold": True, "font_size": 14})
    header = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    strong = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "bold": True})
    sheet.write_string(0, 0, schema.title, title)
    about = [schema.description, f"Schéma {schema.name}, version {schema.version}. {schema.url or ''}".rstrip()]
    about += [f"Données personnelles{wording.NBSP}: {schema.personal_data}"] if schema.personal_data else []
    about.append(
        "Remplissez la première feuille sans changer les noms des colonnes. "
        "Un en-tête en gras droit est obligatoire, un en-tête en italique est facultatif."
    )
    for number, line in enumerate(about, start=1):
        sheet.write_string(number, 0, line)
    first = len(about) + 2
    for index, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(first, index, name, header)
    for number, field in enumerate(schema.fields, start=first + 1):
        for index, told in enumerate(_row(field)):
            sheet.write_string(number, index, told, strong if index == 0 else text)
    sheet.freeze_panes(first + 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _row(field: Field) -> tuple[str, ...]:
    values = wording.values_of(field)
    return (
        field.name,
        field.title,
        field.description,
        "oui" if field.required else "non",
        field.expected,
        field.example,
        "\n".join(values),
    )
