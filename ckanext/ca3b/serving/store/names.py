"""Names of columns that PostgreSQL and CKAN's DataStore accept; the header of the file is kept as label."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# NAMEDATALEN - 1: PostgreSQL cuts longer names without a word.
LIMIT = 63
# Columns that CKAN adds by itself to tables and to the answers of its API.
TAKEN = frozenset({"_id", "_full_text", "rank"})
# CKAN's search takes « :word » in the name of a column for the place of a parameter, and the backslash with it.
UNSAFE = ":\\"


def legal(names: Sequence[str]) -> list[str]:
    """Give each column a name of its own, as near as can be to the one in the file.

    At most 63 bytes of UTF-8, no double quote nor control character, no underscore in front, no blank at the ends, no
    two alike: the DataStore's rules (``ckanext.datastore.helpers.is_valid_field_name``).
    """
    used: set[str] = set(TAKEN)
    given = []
    for position, name in enumerate(names, 1):
        plain = _plain(name) or f"colonne_{position}"
        unique, number = _cut(plain), 1
        while unique in used:
            number += 1
            suffix = f"_{number}"
            unique = _cut(plain, len(suffix)) + suffix
        used.add(unique)
        given.append(unique)
    return given


def _plain(name: str) -> str:
    text = "".join(" " if unicodedata.category(char).startswith("C") or char in UNSAFE else char for char in name)
    return " ".join(text.replace('"', "”").split()).lstrip("_ ")


def _cut(name: str, kept: int = 0) -> str:
    """Shorten to the limit, less ``kept`` bytes, without cutting a character in two."""
    return name.encode()[: LIMIT - kept].decode(errors="ignore").strip()
