"""What a dropped file already says of the dataset: title, description, themes, keywords, rhythm.

Pure: from the schema, the producer and how the file was read to texts a clerk only has to read again. The texts
are content of the catalogue, so they are French whatever the language of the page.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b import vocabularies
from ckanext.ca3b.schemas.prefill import FREQUENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.tables.schemas import TableSchema

#: Columns named in a description; more would be a list nobody reads.
COLUMNS = 8
_EXTENSIONS = re.compile(r"(\.[a-z][a-z0-9]{1,7}){1,2}$", re.IGNORECASE)
_BREAKS = re.compile(r"[\s_+]+|(?<=[^\W\d])-|-(?=[^\W\d])|%20")


@attrs.frozen
class Description:
    """The essential fields; ``theme`` and ``frequency`` are URIs of the vocabularies."""

    title: str
    notes: str
    theme: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    frequency: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the fields as CKAN's actions take them."""
        return {
            "title": self.title,
            "notes": self.notes,
            "theme": list(self.theme),
            "tag_string": ", ".join(self.keywords),
            "frequency": self.frequency,
        }


def words(file_name: str) -> str:
    """Return a file's name as a person says it: ``"SCDL_deliberations-2025.csv"`` gives « SCDL deliberations 2025 »."""
    name = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).name)
    spaced = " ".join(_BREAKS.sub(" ", _EXTENSIONS.sub("", name)).split()) or name or "Fichier"
    return spaced[0].upper() + spaced[1:]


def described(
    schema: TableSchema | None,
    producer: str,
    file_words: str,
    reading: Mapping[str, Any] | None = None,
    *,
    public: bool = True,
) -> Description:
    """Describe the dataset that holds a file: from its schema when it follows one, else from its name and columns.

    The description is public at once: of a file that is not ``public``, it says how many rows, and no column.
    """
    if schema is None:
        return Description(
            title=titled(file_words, producer),
            notes=_in_words(reading, public=public) if reading else placeholder(file_words, producer),
            frequency=vocabularies.frequencies().by_code(FREQUENCY).uri,
        )
    rhythm = vocabularies.frequencies().find(schema.frequency or FREQUENCY)
    themes = [vocabularies.themes().find(code) for code in schema.themes]
    return Description(
        title=titled(schema.title, producer),
        notes=schema.description,
        theme=tuple(theme.uri for theme in themes if theme),
        keywords=schema.keywords,
        frequency=rhythm.uri if rhythm else "",
    )


def titled(subject: str, producer: str) -> str:
    """Return the title of what ``producer`` says of ``subject``: « Délibérations – Viriat »."""
    said = not producer or re.search(rf"(?<!\w){re.escape(producer)}(?!\w)", subject, re.IGNORECASE)
    return subject if said else f"{subject} – {producer}"


def placeholder(file_words: str, producer: str) -> str:
    """Return the description of a file of which nothing is known yet."""
    return f"Fichier « {file_words} » publié par {producer}." if producer else f"Fichier « {file_words} »."


def untouched(field: str, value: Any, producer: str, file_words: str) -> bool:
    """Tell whether ``value`` is empty or what a draft says before its file is read: a proposal may take its place."""
    return value in (None, "", [], [""]) or same(field, value, described(None, producer, file_words).fields()[field])


def same(field: str, one: Any, other: Any) -> bool:
    """Tell whether two values of an essential field say the same, whatever the order of a list."""
    return _comparable(field, one) == _comparable(field, other)


def _comparable(field: str, value: Any) -> Any:
    if field == "tag_string":
        return sorted(word.strip().casefold() for word in str(value or "").split(",") if word.strip())
    if field == "theme":
        return sorted({value} - {""} if isinstance(value, str) else {item for item in value or () if item})
    return " ".join(str(value or "").split())


def _in_words(reading: Mapping[str, Any], *, public: bool) -> str:
    rows = f"{reading['rows']:,}".replace(",", "\u202f")
    said = f"Tableau de {rows} ligne" + "s" * (reading["rows"] > 1) + "."
    if not public:
        return said
    names = [column.get("header") or column["name"] for column in reading["columns"]]
    return f"{said} Colonnes : " + ", ".join(names[:COLUMNS]) + ("…" if len(names) > COLUMNS else "") + "."
