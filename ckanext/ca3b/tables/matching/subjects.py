"""What the name of a file, or the title above its table, says of its subject."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from .words import ORDINARY, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.tables.model import Table
    from ckanext.ca3b.tables.schemas import TableSchema

# A word that more schemas share tells none of them apart: « public », « numérique », « eau ».
_SHARED = 3
_GENERAL = frozenset("agglo base bien donnee espace hor issus lieu locale ou point pour reel standard".split())  # noqa: SIM905 - read at a glance
_QUOTED = re.compile("«([^«»]*)»")


def named_after(table: Table, name: str | None, schemas: Sequence[TableSchema]) -> frozenset[int]:
    """Give the numbers of the ``schemas`` whose subject stands in the name of the file, its sheet or its title."""
    said = set(words(PurePath(name).stem)) if name else set()
    said |= set(words(table.sheet or ""))
    for notice in table.warnings:
        if notice.code == "title-rows":
            said |= {word for text in _QUOTED.findall(notice.message) for word in words(text)}
    subjects = [_subject(schema) for schema in schemas]
    shared = Counter(word for subject in subjects for word in subject)
    return frozenset(
        number for number, subject in enumerate(subjects) if any(shared[word] <= _SHARED for word in subject & said)
    )


def _subject(schema: TableSchema) -> frozenset[str]:
    """Give the words of the title and of the name without its producer; ordinary ones when there is no other."""
    own = {word for word in words(schema.name.partition("-")[2]) if not word.isdigit()}
    found = {word for word in (*own, *words(schema.title)) if not word.isdigit()} - _GENERAL
    return frozenset(found - ORDINARY if own - ORDINARY else found - (ORDINARY - own))
